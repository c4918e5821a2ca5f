"""Settings held against a stand-in of WeChat's API: what is right, and every fault with its fix."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.rule_table.table import RuleTable
from bot.channels.wechat.account import Account
from bot.channels.wechat.api import WeChatApi
from bot.channels.wechat.api.transport import Transport
from bot.channels.wechat.platform_check import NOBODY, ask_platform
from bot.channels.wechat.rehearsal.api_platform import PlayedAccount
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn, Fault
from bot.channels.wechat.rights import Rights
from bot.finding import Finding
from bot.state.sqlite_store import SqliteStore

APP_ID, SECRET = "wxba5fad812f8e6fb9", "0123456789abcdef0123456789abcdef"
MESSAGE, MENU, AGENTS = (
    "WeChat's customer service message interface",
    "WeChat's custom menu interface",
    "WeChat's customer service",
)


@pytest.fixture
def platform() -> Iterator[ApiStandIn]:
    """A verified service account."""
    with ApiStandIn(PlayedAccount(APP_ID, SECRET)) as api:
        yield api


@pytest.fixture
def ask(table: RuleTable, tmp_path: Path) -> Any:
    async def run(url: str, seconds: float = 2.0, **changes: Any) -> dict[str, Finding]:
        settings = {"app_id": APP_ID, "app_secret": SECRET, "kind": "service", "verified": True, **changes}
        account = Account("token", api_base_url=url, **settings)
        store = SqliteStore(tmp_path / "state.db")
        api = WeChatApi(account, store, Transport(url, total=seconds, pauses=()))
        try:
            return {finding.subject: finding async for finding in ask_platform(api, Rights(account, table))}
        finally:
            await api.close()
            await store.close()

    return run


async def test_all_is_well(ask: Any, platform: ApiStandIn) -> None:
    found = await ask(platform.url)
    assert list(found) == ["WeChat's API", MESSAGE, MENU, AGENTS]
    assert all(finding.good for finding in found.values())


async def test_nobody_is_sent_anything_and_nothing_changes(ask: Any, platform: ApiStandIn) -> None:
    platform.follow("oFollower")
    platform.did("oFollower", "message")
    await ask(platform.url)
    assert platform.received("oFollower") == []
    assert NOBODY not in platform.platform.followers
    assert platform.count("menu/create") == platform.count("menu/delete") == 0


@pytest.mark.parametrize(
    ("changes", "code", "fix"),
    [({"app_id": "wx-other"}, "40013", "WECHAT_APP_ID"), ({"app_secret": "wrong"}, "40125", "WECHAT_APP_SECRET")],
)
async def test_wrong_credentials(ask: Any, platform: ApiStandIn, changes: dict[str, str], code: str, fix: str) -> None:
    found = await ask(platform.url, **changes)
    assert list(found) == ["WeChat's API"], "what would only repeat the error is left out"
    assert found["WeChat's API"].good is False
    assert code in found["WeChat's API"].says and fix in found["WeChat's API"].says


async def test_an_address_that_is_not_in_the_whitelist(ask: Any, platform: ApiStandIn) -> None:
    platform.platform.whitelist = {"203.0.113.1"}
    (finding,) = (await ask(platform.url)).values()
    assert finding.good is False
    assert "40164" in finding.says and "add 127.0.0.1 to the IP whitelist" in finding.says
    assert "开发密钥 → API IP白名单" in finding.says


@pytest.mark.parametrize("code", [40243, 89503, 45009, 50002])
async def test_other_refusals_are_told(ask: Any, platform: ApiStandIn, code: int) -> None:
    platform.fail(Fault(times=9, code=code))
    (finding,) = (await ask(platform.url)).values()
    assert finding.good is False and str(code) in finding.says


async def test_verified_by_the_settings_alone(ask: Any) -> None:
    with ApiStandIn(PlayedAccount(APP_ID, SECRET, "service", verified=False)) as platform:
        found = await ask(platform.url)
    assert found[MESSAGE].good is False
    assert "WECHAT_VERIFIED=yes, but WeChat refuses it (48001)" in found[MESSAGE].says
    assert found[MENU].good is True
    assert found[AGENTS].good is None


async def test_a_menu_by_the_settings_alone(ask: Any) -> None:
    with ApiStandIn(PlayedAccount(APP_ID, SECRET, "subscription", verified=False)) as platform:
        found = await ask(platform.url, kind="service", verified=False)
    assert found[MENU].good is False
    assert "WECHAT_ACCOUNT_TYPE=service" in found[MENU].says and "48001" in found[MENU].says
    assert found[MESSAGE].good is True, "refused, as it must be"


async def test_more_rights_than_the_settings_say(ask: Any, platform: ApiStandIn) -> None:
    found = await ask(platform.url, kind="subscription", verified=False)
    assert found[MESSAGE].good is None and found[MENU].good is None
    assert "WECHAT_VERIFIED=no, but WeChat grants it" in found[MESSAGE].says
    assert AGENTS not in found


async def test_customer_service_that_is_not_switched_on(ask: Any, platform: ApiStandIn) -> None:
    platform.platform.has_customer_service = False
    found = await ask(platform.url)
    assert found[AGENTS].good is None
    assert "65400" in found[AGENTS].says


async def test_silence_is_not_waited_for_long(ask: Any, platform: ApiStandIn) -> None:
    platform.fail(Fault(times=9, seconds=1.0))
    (finding,) = (await ask(platform.url, seconds=0.2)).values()
    assert finding.good is False


async def test_nobody_there(ask: Any) -> None:
    (finding,) = (await ask("http://127.0.0.1:1")).values()
    assert finding.good is False
    assert "network" in finding.says
