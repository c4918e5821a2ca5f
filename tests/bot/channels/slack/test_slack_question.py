"""Slack's payloads as questions."""

from __future__ import annotations

from typing import Any, Optional

import pytest

from bot.channels.slack.question import Question, from_post, from_press, to_plain_text
from tests.bot.channels.slack.slack_side import direct_message, mention

DELIVERED = {"event_id": "Ev1"}


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("<@UBOT> fees?", "fees?"),
        ("<@UBOT|wenhao>: fees?", ": fees?"),
        ("hello <@UBOT> what are the fees?", "hello what are the fees?"),
        ("<@UBOT>", ""),
        ("<!here> fees? <!subteam^S1|@all>", "fees?"),
        ("see <https://kf.qq.com|kf.qq.com>", "see kf.qq.com"),
        ("see <https://kf.qq.com?a=1&amp;b=2>", "see https://kf.qq.com?a=1&b=2"),
        ("in <#C1|general>", "in general"),
        ("5 &lt; 6 &amp;&amp; 7 &gt; 6", "5 < 6 && 7 > 6"),
        ("&amp;lt;", "&lt;"),
        ("fees?\nhow long?", "fees?\nhow long?"),
        ("  认证　费用  ", "认证 费用"),
    ],
)
def test_the_text_is_what_was_typed(sent: str, typed: str) -> None:
    assert to_plain_text(sent) == typed


def test_a_mention_is_a_question_in_its_thread() -> None:
    event = mention("fees?", ts="2.2", thread_ts="1.1")

    assert from_post("T1", {**DELIVERED, "event": event}) == Question(
        "fees?", "T1:C1:1.1", "C1", "1.1", ("event:T1:Ev1", "post:T1:C1:2.2")
    )


def test_a_mention_alone_is_an_empty_question() -> None:
    question = from_post("T1", {**DELIVERED, "event": mention("")})

    assert question and question.text == ""


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_words_beside_a_file_or_to_all_are_a_question(subtype: str) -> None:
    question = from_post("T1", {**DELIVERED, "event": direct_message("fees?", subtype=subtype)})

    assert question and question.text == "fees?"


@pytest.mark.parametrize(("text", "language"), [("fees?", "en"), ("service account 多少钱", "zh"), ("", "en")])
def test_the_text_tells_the_language(text: str, language: str) -> None:
    assert Question(text, "T1:D1", "D1", None, ()).language == language


@pytest.mark.parametrize("missing", ["user", "channel", "ts"])
def test_an_incomplete_event_is_no_question(missing: str) -> None:
    event = {key: value for key, value in direct_message("fees?").items() if key != missing}

    assert from_post("T1", {**DELIVERED, "event": event}) is None


@pytest.mark.parametrize(("team", "message"), [(None, {"ts": "1.1"}), ("T1", {})])
def test_a_press_outside_a_message_is_no_question(team: Optional[str], message: dict[str, Any]) -> None:
    action = {"value": "fees?", "action_ts": "3.3"}

    assert from_press(team, {"channel": {"id": "C1"}, "message": message, "actions": [action]}) is None


def test_a_press_below_a_post_asks_in_the_thread_below_it() -> None:
    action = {"value": "fees?", "action_ts": "3.3"}

    question = from_press("T1", {"channel": {"id": "C1"}, "message": {"ts": "1.1"}, "actions": [action]})

    assert question == Question("fees?", "T1:C1:1.1", "C1", "1.1", ("press:T1:C1:1.1:3.3",))
