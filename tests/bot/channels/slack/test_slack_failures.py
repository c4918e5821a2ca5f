"""What the person in Slack hears when something goes wrong, and how Slack's refusals are lived with."""

from __future__ import annotations

import logging
import time

import pytest

from bot.channels.slack.delivery import pace
from bot.state.sqlite_store import SqliteStore
from tests.bot.channels.slack.conftest import Serve
from tests.bot.channels.slack.slack_side import SlackSide, direct_message, mention, reply

TABLE = {"columns": ["", "a", "b"], "rows": [["Fee", "300", "0"]]}


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


async def test_where_slack_takes_no_table_the_same_stands_in_text(slack: SlackSide) -> None:
    slack.agent.reply = lambda text: reply("Compared:", parts=[_part(TABLE), _part(None)])
    slack.api.fail("chat.postMessage", error="invalid_blocks")

    await slack.send_event(direct_message("compare"))

    [post] = await slack.posted(1)
    assert [block["type"] for block in post["blocks"]][:3] == ["section", "section", "section"]
    assert "Fee  300  0" in post["blocks"][2]["text"]["text"]


async def test_where_slack_takes_no_block_at_all_the_text_is_posted(slack: SlackSide) -> None:
    slack.agent.reply = lambda text: reply("Compared:", parts=[_part(TABLE)])
    slack.api.fail("chat.postMessage", times=2, error="invalid_blocks")

    await slack.send_event(direct_message("compare"))

    [post] = await slack.posted(1)
    assert post["text"] == "Compared:" and "blocks" not in post


async def test_a_post_that_slack_refuses_for_good_is_logged_and_the_next_question_answered(
    slack: SlackSide, caplog: pytest.LogCaptureFixture
) -> None:
    slack.api.fail("chat.postMessage", error="is_archived")

    await slack.send_event(direct_message("fees?"))
    await slack.api.until(lambda: "is_archived" in caplog.text)
    await slack.send_event(direct_message("fees?"))

    assert (await slack.posted(1))[0]["text"] == "About fees?"
    assert len(slack.api.record.calls_of("chat.postMessage")) == 2


@pytest.mark.parametrize("told", [1, None], ids=["with Retry-After", "without"])
async def test_a_rate_limit_delays_the_answer_and_loses_nothing(slack: SlackSide, told: int | None) -> None:
    slack.api.fail("chat.postMessage", error="ratelimited", status=429, retry_after=told)
    begun = time.monotonic()

    await slack.send_event(direct_message("fees?"))

    [post] = await slack.posted(1)
    assert post["text"] == "About fees?"
    assert time.monotonic() - begun >= 1


async def test_parts_keep_slacks_pace_and_their_order(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    async with serve() as slack:
        monkeypatch.setattr(pace, "SECONDS_APART", 1.05)
        slack.api.pace.seconds = 1.0
        slack.agent.reply = lambda text: reply(text, parts=[_part(None) for _ in range(60)])
        begun = time.monotonic()

        await slack.send_event(mention("fees?"))
        await slack.send_event(direct_message("how long?"))

        await slack.posted(4)
        assert {call.status for call in slack.api.record.calls_of("chat.postMessage")} == {200}
        assert 1 < time.monotonic() - begun < 2
        keys = [post["metadata"]["event_payload"]["part"] for post in slack.api.record.posts_in("C1")]
        assert keys == ["0", "1"]


async def test_what_can_not_be_kept_is_not_acknowledged(
    slack: SlackSide, store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    await store.close()

    assert await slack.send_event(direct_message("fees?")) == 503
    assert "can't be kept" in caplog.text and "fees?" not in caplog.text


async def test_a_fault_of_ours_is_logged_and_not_acknowledged(
    slack: SlackSide, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.channels.slack.listeners.posts._is_for_us", _fail)

    assert await slack.send_event(direct_message("fees?")) == 503
    assert "out of order" in caplog.text


async def _fail(*_: object) -> None:
    raise RuntimeError("out of order")


def _part(table: object) -> dict[str, object]:
    lead = {"topic": "t", "title": "T", "lead": "Compared:", "reason": None, "source": None, "changes": []}
    return {**lead, "table": table}


async def test_who_we_are_is_asked_once_and_not_again_at_once_where_slack_does_not_say(slack: SlackSide) -> None:
    slack.api.fail("auth.test", error="missing_scope")

    for number in range(3):
        await slack.send_event(direct_message(f"question {number}"))

    assert [post["text"] for post in await slack.posted(3)] == [f"About question {number}" for number in range(3)]
    assert len(slack.api.record.calls_of("auth.test")) == 1
