"""WeChat's API beside a rehearsal: what the bot sends by itself is shown, and counted as WeChat counts."""

from __future__ import annotations

import asyncio
import io
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from rich.console import Console

from bot.channels.wechat.account import Account
from bot.channels.wechat.api import WeChatApi
from bot.channels.wechat.api.errors import WindowClosedError
from bot.channels.wechat.rehearsal.errors import RehearsalError
from bot.cli.wechat.calls import Calls, played_api
from bot.cli.wechat.phone import Phone
from bot.state.sqlite_store import SqliteStore
from tests.bot.channels.wechat.conftest import Connect
from tests.bot.channels.wechat.weixin import APP_ID
from tests.bot.cli.here import run_here

FOLLOWER = "oFollower"
ACCOUNT = Account("AAAAA", app_id=APP_ID, app_secret="secret", kind="service", verified=True)


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.fixture
def shown() -> io.StringIO:
    return io.StringIO()


@pytest_asyncio.fixture
async def calls(port: int, shown: io.StringIO) -> AsyncIterator[Calls]:
    async with played_api(ACCOUNT, port, Phone(Console(file=shown, soft_wrap=True)), FOLLOWER) as calls:
        yield calls


@pytest_asyncio.fixture
async def bot_side(calls: Calls, tmp_path: Path) -> AsyncIterator[WeChatApi]:
    store = SqliteStore(tmp_path / "state.db")
    account = Account("AAAAA", app_id=APP_ID, app_secret="secret", api_base_url=calls.api.url)
    api = WeChatApi(account, store)
    yield api
    await api.close()
    await store.close()


async def test_a_late_answer_is_shown(calls: Calls, bot_side: WeChatApi, shown: io.StringIO) -> None:
    calls.did("message")
    await bot_side.send_text(FOLLOWER, "here it is")
    await asyncio.sleep(0.3)
    assert shown.getvalue().splitlines() == ["account (customer service message):", "here it is"]


async def test_lines_to_tap_say_how(calls: Calls, bot_side: WeChatApi, shown: io.StringIO) -> None:
    calls.did("message")
    await bot_side.send_menu(FOLLOWER, "Solved?", [("101", "yes"), ("102", "no")], "")
    calls.look()
    assert shown.getvalue().splitlines()[1:] == ["Solved?", "▸ yes   (tap: --key 101)", "▸ no   (tap: --key 102)"]


async def test_a_menu_that_is_set_is_shown(calls: Calls, bot_side: WeChatApi, shown: io.StringIO) -> None:
    entry = {"type": "click", "name": "Fees", "key": "k"}
    await bot_side.put_menu({"button": [entry, {**entry, "name": "Advice"}]})
    calls.look()
    await bot_side.delete_menu()
    calls.look()
    assert shown.getvalue().splitlines() == ["The account's menu: Fees | Advice", "The account's menu: none any more"]


async def test_who_did_nothing_can_not_be_written_to(calls: Calls, bot_side: WeChatApi) -> None:
    with pytest.raises(WindowClosedError):
        await bot_side.send_text(FOLLOWER, "hi")


async def test_who_is_online(port: int, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "state.db")
    account = Account("AAAAA", app_id=APP_ID, app_secret="secret", api_base_url=f"http://127.0.0.1:{port}")
    api = WeChatApi(account, store)
    phone = Phone(Console(file=io.StringIO()))
    for agent, online in (("kf1@account", ["kf1@account"]), (None, [])):
        async with played_api(ACCOUNT, port, phone, FOLLOWER, agent):
            assert [each.account for each in await api.online_agents()] == online
    await api.close()
    await store.close()


async def test_a_port_that_is_taken(shown: io.StringIO) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(RehearsalError, match="can't be used"):
        async with played_api(ACCOUNT, taken.getsockname()[1], Phone(Console(file=shown)), FOLLOWER):
            pass


async def test_the_command_plays_the_api_while_it_waits(connect: Connect, port: int, tmp_path: Path) -> None:
    weixin = await connect()
    url = weixin.url.removesuffix("/webhooks/wechat/webhook")
    settings = {"WECHAT_TOKEN": "AAAAA", "WECHAT_APP_ID": APP_ID, "WECHAT_APP_SECRET": "secret"}
    kind = {"WECHAT_ACCOUNT_TYPE": "service", "WECHAT_VERIFIED": "yes"}
    waiting = ("--api-port", str(port), "--wait", "1.5", "--follower", FOLLOWER)
    command = asyncio.create_task(
        asyncio.to_thread(run_here, "wechat", "send", "hi", "--url", url, *waiting, **settings, **kind)
    )
    store = SqliteStore(tmp_path / "state.db")
    account = Account("AAAAA", app_id=APP_ID, app_secret="secret", api_base_url=f"http://127.0.0.1:{port}")
    api = WeChatApi(account, store)
    try:
        for _ in range(50):
            await asyncio.sleep(0.1)
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        await asyncio.sleep(0.3)
        await api.send_text(FOLLOWER, "and later this")
    finally:
        await api.close()
        await store.close()
    report = await command
    assert report.exit_code == 0, report.output
    assert report.stdout.splitlines()[-4:] == [
        "account:",
        "You said: hi",
        "account (customer service message):",
        "and later this",
    ]
