"""What is read of Slack's payloads."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.slack.payloads import (
    Reach,
    UnreadableError,
    Written,
    carried_in,
    command_in,
    pressed_in,
    shortcut_in,
    to_plain_text,
    written_in,
)
from tests.bot.channels.slack.slack_side import direct_message, mention, said


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


def test_a_mention_in_a_thread() -> None:
    event = mention("fees?", ts="1700000002.000002", thread_ts="1700000000.000001")

    assert written_in(event) == Written(
        Reach.MENTION, "C1", "U1", "1700000002.000002", "1700000000.000001", "fees?", has_files=False
    )


def test_the_first_message_of_a_thread_stands_in_none() -> None:
    written = written_in(mention("fees?", ts="1700000002.000002", thread_ts="1700000002.000002"))

    assert written and written.thread is None


@pytest.mark.parametrize(
    ("event", "reach"),
    [
        (direct_message("fees?"), Reach.DIRECT),
        (direct_message("<@UBOT> fees?"), Reach.DIRECT),
        (said("fees?"), Reach.CHANNEL),
        (said("fees?", thread_ts="1700000000.000001"), Reach.THREAD),
        (said("fees?", channel_type="group", thread_ts="1700000000.000001"), Reach.THREAD),
        (said("fees?", channel_type="mpim"), Reach.CHANNEL),
        (said("fees?", subtype="thread_broadcast", thread_ts="1700000000.000001"), Reach.THREAD),
    ],
)
def test_how_a_post_reaches_us(event: dict[str, Any], reach: Reach) -> None:
    written = written_in(event)

    assert written and written.reach is reach


@pytest.mark.parametrize("text", ["<@U2> what do you think?", "<@UBOT> and this?"])
def test_a_post_with_a_mention_comes_as_a_mention_or_is_for_others(text: str) -> None:
    assert written_in(said(text, thread_ts="1700000000.000001")) is None


def test_files_are_noted() -> None:
    written = written_in(direct_message("fees?", subtype="file_share", files=[{"id": "F1"}]))

    assert written and written.has_files and written.text == "fees?"


@pytest.mark.parametrize("missing", ["user", "channel", "ts"])
def test_an_incomplete_event_is_not_readable(missing: str) -> None:
    event = {key: value for key, value in direct_message("fees?").items() if key != missing}

    with pytest.raises(UnreadableError):
        written_in(event)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"actions": []},
        {"actions": [{}], "user": {"id": "U1"}},
        {"actions": [{"action_id": "share"}]},
        {"actions": [{"action_id": "share"}], "user": "U1"},
        {"actions": "share", "user": {"id": "U1"}},
        {"actions": [{"action_id": "share"}], "user": {"id": "U1"}, "channel": "C1"},
        {"actions": [{"action_id": 3}], "user": {"id": "U1"}},
    ],
)
def test_a_press_of_another_shape_is_not_readable(body: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError):
        pressed_in(body)


def test_a_chosen_option_is_a_press() -> None:
    action = {"type": "static_select", "action_id": "home_language", "selected_option": {"value": "zh"}}

    pressed = pressed_in({"actions": [action], "user": {"id": "U1"}, "container": {"type": "view", "view_id": "V1"}})

    assert (pressed.value, pressed.channel, pressed.message) == ("zh", None, None)


def test_a_press_below_a_message_that_one_person_sees() -> None:
    container = {"type": "message", "message_ts": "1700000000.000002", "channel_id": "C1", "is_ephemeral": True}
    action = {"action_id": "share", "value": "T1:C1:1"}

    pressed = pressed_in(
        {"actions": [action], "user": {"id": "U1"}, "container": container, "response_url": "http://x"}
    )

    assert pressed.is_private and (pressed.channel, pressed.message) == ("C1", "1700000000.000002")
    assert pressed.response_url == "http://x"


@pytest.mark.parametrize("body", [{}, {"channel_id": "C1"}, {"channel_id": "C1", "user_id": "U1"}])
def test_a_command_of_another_shape_is_not_readable(body: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError):
        command_in(body)


@pytest.mark.parametrize(
    "body", [{}, {"message": "x"}, {"message": {"text": "fees?"}, "channel": {"id": "C1"}, "user": {}}]
)
def test_a_shortcut_of_another_shape_is_not_readable(body: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError):
        shortcut_in(body)


@pytest.mark.parametrize("value", ["", "no json", "[]", "{}", '{"about": "x"}'])
def test_a_value_that_is_not_ours_is_not_readable(value: str) -> None:
    with pytest.raises(UnreadableError):
        carried_in(value, "about", "conversation")
