"""Signed requests that are not what they should be: refused or left alone, counted, and never an error of ours."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.bot.channels.slack.slack_side import FORM, SlackSide, direct_message, mention, new_ts

EVENT = {"type": "event_callback", "team_id": "T1", "event_id": "Ev-bad", "event": mention("odd")}
HOME = {**EVENT, "event": {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}}
THREAD = {"channel_id": "D1", "thread_ts": "1700000000.000001", "user_id": "U1"}
ASSISTANT = {**EVENT, "event": {"type": "assistant_thread_started", "assistant_thread": THREAD}}
PRESS = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "channel": {"id": "C1"},
    "container": {"type": "message", "message_ts": "1700000000.000002"},
    "message": {"ts": "1700000000.000002"},
    "actions": [{"type": "button", "action_id": "suggestion_1", "value": "odd", "action_ts": "1700000000.000003"}],
}
SHORTCUT = {
    "type": "message_action",
    "callback_id": "ask_about_this",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "channel": {"id": "C1"},
    "message": {"ts": "1700000000.000002", "text": "odd"},
    "trigger_id": "1.2",
}
VIEW = {
    "type": "view_submission",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "view": {
        "id": "V1",
        "callback_id": "settings",
        "private_metadata": json.dumps(
            {"place": {"team": "T1", "channel": "C1", "user": "U1", "conversation": "T1:C1:U1"}}
        ),
        "state": {"values": {"silent": {"silent": {"selected_option": {"value": "answer"}}}}},
    },
}
INSTEAD: tuple[Any, ...] = (None, "", "odd", 3, [], {}, [None])


def _broken(payload: Any) -> Iterator[Any]:
    """Yields a payload with each of its values, at any depth, left out or replaced."""
    items = payload.items() if isinstance(payload, dict) else enumerate(payload) if isinstance(payload, list) else ()
    for key, value in items:
        for instead in (*INSTEAD, *_broken(value)):
            other = copy.copy(payload)
            other[key] = instead
            yield other
        if isinstance(payload, dict):
            yield {name: kept for name, kept in payload.items() if name != key}


@pytest.mark.parametrize("whole", [EVENT, HOME, ASSISTANT], ids=["event", "home", "assistant"])
async def test_a_broken_event_is_no_error_of_ours(slack: SlackSide, whole: dict[str, Any]) -> None:
    for payload in _broken(whole):
        status, _ = await slack.send(json.dumps(payload).encode())
        assert status in (200, 400), payload


@pytest.mark.parametrize("whole", [PRESS, SHORTCUT, VIEW], ids=["press", "shortcut", "view"])
async def test_a_broken_interaction_is_no_error_of_ours(slack: SlackSide, whole: dict[str, Any]) -> None:
    for payload in _broken(whole):
        status, _ = await slack.send(urlencode({"payload": json.dumps(payload)}).encode(), FORM)
        assert status in (200, 400), payload


@pytest.mark.parametrize(
    "left_out", ["text", "team_id", "user_id", "channel_id", "trigger_id", "response_url", "command"]
)
async def test_a_command_that_lacks_something(slack: SlackSide, left_out: str) -> None:
    form = {"command": "/wenhao", "text": "fees", "team_id": "T1", "user_id": "U1", "channel_id": "C1"}
    form |= {"trigger_id": "1.2", "response_url": slack.api.new_response_url("C1")}
    form.pop(left_out)

    assert (await slack.send(urlencode(form).encode(), FORM))[0] == 200


@pytest.mark.parametrize(
    "body", [b"payload=", b"payload=%7B", b"payload=3", b"payload=%5B%5D", b"payload", b"", b"&&="]
)
async def test_a_form_that_is_none(slack: SlackSide, body: bytes) -> None:
    assert (await slack.send(body, FORM))[0] in (200, 400)


async def test_what_is_left_alone_is_counted_without_its_words(
    slack: SlackSide, caplog: pytest.LogCaptureFixture
) -> None:
    event = direct_message("private words")
    del event["user"]

    for _ in range(2):
        assert await slack.send_event(event) == 200

    assert "a payload without user (2 so far)" in caplog.text
    assert "private words" not in caplog.text


async def test_a_value_that_is_not_ours_is_counted(slack: SlackSide, caplog: pytest.LogCaptureFixture) -> None:
    for action in ("feedback", "case_take"):
        await slack.press({"action_id": action, "value": "not ours"}, "C1", {"ts": new_ts()})

    assert "not ours (2 so far)" in caplog.text
    assert slack.api.record.calls == []
