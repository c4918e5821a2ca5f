"""What the rule table says of the account that the bot itself answers for."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from actions.rule_table.table import RuleTable
from bot.channels.wechat.account import Account
from bot.channels.wechat.own_rules import rule_on
from bot.channels.wechat.rights import CUSTOM_MENU, CUSTOMER_MESSAGE, Rights

TODAY = datetime.date(2026, 11, 21)


def rule(table: RuleTable, interface: str, language: Any = "en", **account: Any) -> str:
    return "\n".join(rule_on(Rights(Account("token", **account), table), interface, TODAY, language))


def test_the_matrix_and_the_rule_of_today_with_their_sources(table: RuleTable) -> None:
    said = rule(table, CUSTOM_MENU, kind="subscription")
    assert said.startswith("No: unverified subscription accounts")
    assert "the menu interface needs verification" in said
    assert said.count("Source: ") == 2


def test_it_is_said_in_either_language(table: RuleTable) -> None:
    said = rule(table, CUSTOM_MENU, "zh", kind="subscription")
    assert said.startswith("不可以：未认证的订阅号") and said.count("来源：") == 2


@pytest.mark.parametrize(
    ("kind", "verified", "starts"), [("service", True, "Yes"), ("service", False, "No"), ("subscription", True, "Yes")]
)
def test_an_interface_without_a_topic_of_its_own(table: RuleTable, kind: Any, verified: bool, starts: str) -> None:
    said = rule(table, CUSTOMER_MESSAGE, kind=kind, verified=verified)
    assert said.startswith(starts)
    assert said.count("Source: ") == 1
