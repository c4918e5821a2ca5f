"""`wenhao wechat send`: what an operator sees, against the real channel."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from typer.testing import Result

from bot.errors import WenhaoError
from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.weixin import SAFE
from tests.bot.cli.here import run_here
from tests.programs import wenhao

PLAIN = {"WECHAT_TOKEN": "AAAAA"}
ENCRYPTED = {**PLAIN, "WECHAT_APP_ID": SAFE["app_id"], "WECHAT_ENCODING_AES_KEY": SAFE["encoding_aes_key"]}


async def send(connected: Any, *arguments: str, lines: str = "", **settings: str) -> Result:
    """Runs the command in a thread, so that the server of the test can answer it."""
    url = connected.url.removesuffix("/webhooks/wechat/webhook")
    return await asyncio.to_thread(
        run_here, "wechat", "send", *arguments, "--url", url, lines=lines, **(settings or PLAIN)
    )


async def test_a_question_and_its_answer(connect: Connect) -> None:
    report = await send(await connect(), "认证要多少钱？")
    assert report.exit_code == 0, report.output
    lines = report.stdout.splitlines()
    assert lines[0] == "follower: 认证要多少钱？"
    assert lines[1].startswith("try 1: answered after ") and lines[1].endswith(" ms")
    assert lines[2:] == ["account:", "You said: 认证要多少钱？"]


@pytest.mark.parametrize("mode", [(), ("--mode", "safe"), ("--mode", "compatible")])
async def test_safe_mode_comes_with_its_key(connect: Connect, mode: tuple[str, ...]) -> None:
    report = await send(await connect(**SAFE), "hi", *mode, **ENCRYPTED)
    assert report.exit_code == 0, report.output
    assert "You said: hi" in report.stdout


async def test_plain_mode_at_an_account_in_safe_mode_is_explained(connect: Connect) -> None:
    report = await send(await connect(**SAFE), "hi", "--mode", "plain", **ENCRYPTED)
    assert report.exit_code == 1
    assert "try 1: refused with 403" in report.stdout
    assert "WECHAT_ENCODING_AES_KEY" in report.stdout
    assert "try 2" not in report.stdout


async def test_three_deliveries(connect: Connect, agent: StandInAgent) -> None:
    report = await send(await connect(), "hi", "--repeat", "3")
    assert report.exit_code == 0, report.output
    assert "3 deliveries, one answer: the follower sees it once." in report.stdout
    assert report.stdout.count("You said: hi") == 1
    assert len(agent.messages) == 1


async def test_a_conversation_from_standard_input(connect: Connect, agent: StandInAgent) -> None:
    report = await send(await connect(), "--follower", "oOther", lines="认证要多少钱？\n\n  \n1\n")
    assert report.exit_code == 0, report.output
    assert [line for line in report.stdout.splitlines() if line.startswith("follower")] == [
        "follower: 认证要多少钱？",
        "follower: 1",
    ]
    assert {message.sender_id.rsplit(":", 1)[-1] for message in agent.messages} == {"oOther"}


async def test_everything_else_that_a_follower_does(connect: Connect) -> None:
    weixin = await connect()
    for arguments, shown in (
        (("--image",), "[image]"),
        (("--location",), "[location]"),
        (("--link",), "[link]"),
        (("--voice",), "[voice]"),
        (("--voice", "认证"), "[voice] 认证"),
        (("--event", "subscribe", "--key", "12"), "[event subscribe 12]"),
        (("--event", "unsubscribe"), "[event unsubscribe]"),
    ):
        report = await send(weixin, *arguments)
        assert report.exit_code == 0, report.output
        assert report.stdout.splitlines()[0] == f"follower: {shown}"


async def test_an_event_without_a_reply(connect: Connect) -> None:
    report = await send(await connect(), "--event", "unsubscribe")
    assert "taken without a reply" in report.stdout
    assert "The follower sees nothing now" in report.stdout


async def test_the_account_and_follower_that_were_named(connect: Connect, agent: StandInAgent) -> None:
    await send(await connect(), "hi", "--account", "gh_other", "--follower", "oOther")
    assert agent.messages[0].sender_id.endswith("gh_other:oOther")


def test_nobody_listens() -> None:
    report = run_here("wechat", "send", "hi", "--url", "http://127.0.0.1:1", **PLAIN)
    assert report.exit_code == 1
    assert "nothing answers at http://127.0.0.1:1/webhooks/wechat/webhook" in report.stdout
    assert "wenhao serve" in report.stdout


@pytest.mark.parametrize(
    ("arguments", "settings", "says"),
    [
        (("hi",), {}, "WeChat is not set up: set WECHAT_TOKEN"),
        (("hi", "--image", "--voice"), PLAIN, "one thing at a time"),
        (("hi", "--image", "--event", "VIEW"), PLAIN, "one thing at a time"),
        (("hi", "--mode", "safe"), PLAIN, "safe mode needs WECHAT_APP_ID and WECHAT_ENCODING_AES_KEY"),
        (("  ",), PLAIN, "nothing is sent"),
        (
            ("hi",),
            {**PLAIN, "WECHAT_ENCODING_AES_KEY": "short"},
            "43 letters and digits of the account's EncodingAESKey (it has 5)",
        ),
        (("hi", "--api-port", "5099"), PLAIN, "--api-port needs WECHAT_APP_ID and WECHAT_APP_SECRET"),
    ],
)
def test_what_can_not_be_rehearsed_is_told(arguments: tuple[str, ...], settings: dict[str, str], says: str) -> None:
    report = run_here("wechat", "send", *arguments, **settings)
    assert isinstance(report.exception, WenhaoError)
    assert says in str(report.exception)


def test_an_error_is_one_line() -> None:
    report = wenhao("wechat", "send", "hi")
    assert report.returncode == 1
    assert report.stderr.startswith("wenhao: WeChat is not set up: set WECHAT_TOKEN")
    assert len(report.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [("--mode", "fast"), ("--repeat", "1"), ("--event", "fly"), ("--gap", "-1")])
def test_a_wrong_word_is_told(arguments: tuple[str, str]) -> None:
    report = run_here("wechat", "send", "hi", *arguments, **PLAIN)
    assert report.exit_code == 2
