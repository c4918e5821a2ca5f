"""What the person in Slack hears when something goes wrong."""

from __future__ import annotations

import logging

import pytest
from aiohttp import web

from tests.bot.channels.slack.slack_side import SlackSide, direct_message, mention

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize(("question", "said"), [("fees?", "Sorry"), ("认证费用是多少？", "抱歉")])
async def test_an_error_is_logged_and_told_kindly(
    slack: SlackSide, question: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    slack.agent.before = _fail

    await slack.send_event(mention(question, ts="1700000000.000001"))

    [post] = await slack.posted(1)
    assert post["text"].startswith(said)
    assert "out of order" not in post["text"]
    assert post["thread_ts"] == "1700000000.000001"
    [record] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.exc_info and "out of order" in caplog.text
    assert question not in caplog.text


async def test_silence_of_the_bot_is_told_kindly(slack: SlackSide) -> None:
    slack.agent.reply = lambda text: {}

    await slack.send_event(direct_message("fees?"))

    [post] = await slack.posted(1)
    assert post["text"].startswith("Sorry")


async def test_a_refused_post_is_told_and_the_next_question_answered(slack: SlackSide) -> None:
    slack.api.refusals = [web.json_response({"ok": False, "error": "invalid_blocks"})]

    await slack.send_event(direct_message("fees?"))
    assert (await slack.posted(1))[0]["text"].startswith("Sorry")

    await slack.send_event(direct_message("fees?"))
    assert (await slack.posted(2))[1]["text"] == "About fees?"


@pytest.mark.parametrize("headers", [{"Retry-After": "0"}, {}], ids=["with Retry-After", "without"])
async def test_a_rate_limit_delays_the_answer_and_loses_nothing(slack: SlackSide, headers: dict[str, str]) -> None:
    slack.api.refusals = [web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)]

    await slack.send_event(direct_message("fees?"))

    [post] = await slack.posted(1)
    assert post["text"] == "About fees?"


async def test_a_server_error_posts_nothing_twice(slack: SlackSide) -> None:
    slack.api.refusals = [web.json_response({"ok": False, "error": "fatal_error"}, status=500)]

    await slack.send_event(direct_message("fees?"))

    [post] = await slack.posted(1)
    assert post["text"].startswith("Sorry")


async def _fail() -> None:
    raise RuntimeError("out of order")
