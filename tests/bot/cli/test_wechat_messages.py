"""`wenhao wechat messages`: what followers left for a person."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from bot.channels.wechat.left_messages import LeftMessages
from bot.errors import WenhaoError
from bot.state.sqlite_store import SqliteStore
from tests.bot.cli.here import run_here


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


async def leave(file: Path, *texts: str) -> None:
    store = SqliteStore(file)
    clock = iter(range(1_700_000_000, 1_750_000_000, 3600))
    left = LeftMessages(store, lambda: float(next(clock)))
    for number, text in enumerate(texts):
        await left.leave("gh_account", f"oFollower{number}", text, f"key {number}")
    await store.close()


def listed(file: Path) -> list[str]:
    report = run_here("wechat", "messages", STATE_FILE=file)
    assert report.exit_code == 0, report.output
    return report.stdout.splitlines()


def test_nothing_was_left(file: Path) -> None:
    assert listed(file) == ["Nobody left a message."]


def test_the_newest_comes_first_and_a_done_one_goes(file: Path) -> None:
    asyncio.run(leave(file, "请问怎么退款？", "Call me"))
    lines = listed(file)
    assert [line.strip() for line in lines[1::2]] == ["Call me", "请问怎么退款？"]
    assert re.fullmatch(r"[0-9a-f]{8}  20\d\d-\d\d-\d\d \d\d:\d\d  oFollower1 to gh_account", lines[0])
    done = run_here("wechat", "messages", "--done", lines[0][:8], STATE_FILE=file)
    assert done.exit_code == 0, done.output
    assert [line.strip() for line in listed(file)[1::2]] == ["请问怎么退款？"]


def test_a_message_can_not_steer_the_terminal(file: Path) -> None:
    asyncio.run(leave(file, "a\x1b]0;owned\x07b\nc [red]d[/red]"))
    assert listed(file)[1] == "  a ]0;owned b c [red]d[/red]"


def test_a_message_that_is_not_there(file: Path) -> None:
    report = run_here("wechat", "messages", "--done", "nothing", STATE_FILE=file)
    assert isinstance(report.exception, WenhaoError)
    assert "there is no message 'nothing'" in str(report.exception)
