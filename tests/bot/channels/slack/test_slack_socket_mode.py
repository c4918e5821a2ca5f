"""Socket Mode over a real websocket: acknowledged once it is kept, and nothing lost over reconnections."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.channels.slack import socket_mode
from bot.channels.slack.rehearsal.workspace import APP_TOKEN
from bot.state.sqlite_store import SqliteStore
from tests.bot.channels.slack.conftest import Serve
from tests.bot.channels.slack.slack_side import (
    SIGNING_SECRET,
    SlackSide,
    buttons_of,
    direct_message,
    mention,
    new_ts,
    pressed,
    reply,
    to_event_body,
)


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks after the connection often, so that a test need not wait for long."""

    def handler(*given: Any, **named: Any) -> AsyncSocketModeHandler:
        return AsyncSocketModeHandler(*given, **named, ping_interval=0.1)

    monkeypatch.setattr(socket_mode, "AsyncSocketModeHandler", handler)


@pytest_asyncio.fixture
async def slack(serve: Serve) -> AsyncIterator[SlackSide]:
    async with serve(app_token=APP_TOKEN, signing_secret="") as slack:
        await _connected(slack)
        yield slack


async def test_an_event_is_acknowledged_and_answered(slack: SlackSide) -> None:
    assert await _push(slack, direct_message("费用?")) == {}

    [post] = await slack.posted(1)
    assert post["text"] == "About 费用?"


async def test_without_a_signing_secret_the_webhook_refuses(slack: SlackSide) -> None:
    assert await slack.send_event(direct_message("fees?")) == 401


async def test_with_both_both_run(serve: Serve) -> None:
    async with serve(app_token=APP_TOKEN, signing_secret=SIGNING_SECRET) as slack:
        await _connected(slack)
        event = direct_message("fees?")
        await _push(slack, event)
        assert await slack.send_event(event) == 200
        assert await slack.send_event(direct_message("how long?")) == 200

        await slack.posted(2)
        assert slack.agent.texts == ["fees?", "how long?"]


async def test_a_command_and_a_press_come_by_the_socket(slack: SlackSide) -> None:
    slack.agent.reply = lambda text: reply("300 yuan.")
    form = {"command": "/wenhao", "text": "fees?", "team_id": "T1", "user_id": "U1", "channel_id": "C1"}
    more = {"trigger_id": slack.api.new_trigger(), "response_url": slack.api.new_response_url("C1")}
    assert await slack.api.sockets.push("slash_commands", {**form, **more}) == {}
    [answer] = await slack.responded(1)

    button = {**buttons_of(answer)["feedback"]["positive_button"], "action_id": "feedback"}
    press = {**pressed(button, "C1", {"ts": new_ts()}), "team": {"id": "T1"}, "user": {"id": "U1"}}
    assert (
        await slack.api.sockets.push("interactive", {**press, "response_url": slack.api.new_response_url("C1")}) == {}
    )
    assert (await slack.responded(2))[1]["text"] == "Thank you, noted."


async def test_a_repeat_is_acknowledged_and_answered_once(slack: SlackSide) -> None:
    event = direct_message("fees?")
    for retry, reason in enumerate(("", "timeout", "http_error")):
        assert await _push(slack, event, retry=retry, reason=reason) == {}

    await slack.posted(1)
    await _push(slack, direct_message("last of all"))
    await slack.posted(2)
    assert slack.agent.texts == ["fees?", "last of all"]


async def test_two_sockets_answer_an_event_once(serve: Serve, tmp_path: Path) -> None:
    async with (
        serve(app_token=APP_TOKEN) as one,
        serve(app_token=APP_TOKEN, store=SqliteStore(tmp_path / "state.db")) as other,
    ):
        await _connected(one, 2)
        event = mention("fees?")
        for connection in one.api.sockets.connections:
            assert await _push(one, event, on=connection) == {}

        await one.posted(1)
        assert one.agent.texts + other.agent.texts == ["fees?"]


async def test_what_can_not_be_kept_is_not_acknowledged(slack: SlackSide, store: SqliteStore) -> None:
    await store.close()

    assert await _push(slack, direct_message("fees?"), seconds=0.5) is None


@pytest.mark.parametrize("end", ["refresh", "cut"])
async def test_a_connection_that_ends_is_opened_anew_and_nothing_is_lost(slack: SlackSide, end: str) -> None:
    asked = []
    for number in range(6):
        event = direct_message(f"question {number}")
        asked.append(event["text"])
        if number in (2, 4):
            before = list(slack.api.sockets.connections)
            await getattr(slack.api.sockets, end)()
            await slack.api.until(lambda before=before: _fresh(slack, before))
        # As Slack does: what is not acknowledged is sent again.
        while await _push_if_connected(slack, event) is None:
            await _connected(slack)

    await slack.posted(6)
    assert sorted(slack.agent.texts) == asked


async def test_a_warning_changes_nothing(slack: SlackSide) -> None:
    await slack.api.sockets.warn()
    await _connected(slack)

    while await _push_if_connected(slack, direct_message("fees?")) is None:
        await _connected(slack)
    assert len(await slack.posted(1)) == 1


async def test_it_tries_until_slack_lets_it_in(serve: Serve) -> None:
    async with serve() as slack:
        slack.api.fail("apps.connections.open", times=2, error="internal_error")
        async with serve(app_token=APP_TOKEN) as other:
            await _connected(other)
            assert await _push(other, direct_message("fees?")) == {}


@pytest.mark.parametrize(
    "envelope",
    [
        {"event": {}},
        {"event": "x"},
        {"type": "event_callback"},
        {"type": "event_callback", "event": {"type": "message"}, "team_id": "T1"},
        {"type": "block_actions"},
        {},
    ],
)
async def test_an_envelope_of_another_shape_is_acknowledged_and_left_alone(
    slack: SlackSide, envelope: dict[str, Any]
) -> None:
    assert await slack.api.sockets.push("events_api", envelope) == {}
    assert slack.agent.texts == []


async def _push(slack: SlackSide, event: dict[str, Any], **how: Any) -> dict[str, Any] | None:
    return await slack.api.sockets.push("events_api", json.loads(to_event_body(event)), **how)


async def _push_if_connected(slack: SlackSide, event: dict[str, Any]) -> dict[str, Any] | None:
    try:
        return await _push(slack, event, seconds=0.5)
    except ConnectionError:
        return None


async def _connected(slack: SlackSide, count: int = 1) -> None:
    await slack.api.until(lambda: len([c for c in slack.api.sockets.connections if not c.is_leaving]) >= count)


def _fresh(slack: SlackSide, before: list[Any]) -> bool:
    return any(connection not in before for connection in slack.api.sockets.connections)
