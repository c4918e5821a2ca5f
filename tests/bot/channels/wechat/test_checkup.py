"""What the account's settings mean, as the doctor tells it."""

from __future__ import annotations

from typing import Any

import pytest

from actions.rule_table.table import RuleTable
from bot.channels.wechat.account import Account
from bot.channels.wechat.checkup import explain_settings
from bot.channels.wechat.rights import Rights
from bot.finding import Finding

CALLING = {"app_id": "wx1", "app_secret": "s"}


def explain(table: RuleTable, public_url: str = "", **account: Any) -> dict[str, Finding]:
    found = explain_settings(Rights(Account("token", **account), table), public_url)
    return {finding.subject: finding for finding in found}


def test_plain_mode(table: RuleTable) -> None:
    mode = explain(table)["WeChat mode"]
    assert mode.good is None
    assert "明文模式" in mode.says and "WECHAT_ENCODING_AES_KEY" in mode.says


def test_safe_mode(table: RuleTable) -> None:
    found = explain(table, app_id="wx1", encoding_aes_key="A" * 43)
    assert found["WeChat mode"].good and "安全模式" in found["WeChat mode"].says
    assert "WeChat's previous key" not in found


def test_a_previous_key_is_mentioned(table: RuleTable) -> None:
    found = explain(table, app_id="wx1", encoding_aes_key="A" * 43, previous_encoding_aes_key="B" * 43)
    assert "WECHAT_PREVIOUS_ENCODING_AES_KEY" in found["WeChat's previous key"].says


@pytest.mark.parametrize(
    ("account", "has", "late"),
    [
        ({"kind": "subscription"}, "passive reply", "may not send it by itself"),
        ({"kind": "service"}, "passive reply, custom menu interface", "may not send it by itself"),
        (
            {"kind": "subscription", "verified": True},
            "passive reply, customer service message interface, custom menu interface, users' basic information",
            "set WECHAT_APP_ID and WECHAT_APP_SECRET",
        ),
        ({"kind": "subscription", "verified": True, **CALLING}, "passive reply", "as customer service messages"),
        ({"kind": "service", "verified": True, **CALLING}, "passive reply", "as customer service messages"),
    ],
)
def test_what_an_account_may_and_what_follows(table: RuleTable, account: dict[str, Any], has: str, late: str) -> None:
    found = explain(table, **account)
    verified = "yes" if account.get("verified") else "no"
    assert f"WECHAT_ACCOUNT_TYPE={account['kind']}, WECHAT_VERIFIED={verified}" in found["WeChat account"].says
    assert f"it has: {has}" in found["WeChat account"].says
    assert late in found["WeChat answers"].says


def test_a_kind_that_nobody_says(table: RuleTable) -> None:
    account = explain(table)["WeChat account"]
    assert account.good is None
    assert "set WECHAT_ACCOUNT_TYPE to subscription or service" in account.says


@pytest.mark.parametrize(
    ("url", "good", "says"),
    [
        ("", None, "PUBLIC_URL is not set"),
        ("https://your.host", True, "https://your.host/webhooks/wechat/webhook"),
        ("your.host", False, "write https://your.host"),
    ],
)
def test_the_public_address(table: RuleTable, url: str, good: Any, says: str) -> None:
    found = explain(table, url)["public address"]
    assert found.good is good
    assert says in found.says
