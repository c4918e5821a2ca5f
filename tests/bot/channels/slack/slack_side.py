"""Slack played on the loopback interface: its Web API, its signed requests, and a bot to answer them."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import urlencode

from aiohttp import ClientSession, web
from rasa.core.channels.channel import UserMessage
from slack_sdk.signature import SignatureVerifier

BOT_TOKEN = "xoxb-of-the-tests"
SIGNING_SECRET = "signing secret of the tests"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

_numbers = itertools.count(1)


class StandInApi:
    """Keeps the calls of Slack's Web API and accepts them, except where a refusal is set."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refusals: list[web.Response] = []

    @property
    def posts(self) -> list[dict[str, Any]]:
        """The arguments of each chat.postMessage that was accepted."""
        return [arguments for method, arguments in self.calls if method == "chat.postMessage"]

    def to_web_app(self) -> web.Application:
        """Returns the server's side of it."""
        app = web.Application()
        app.router.add_post("/api/{method}", self._take)
        return app

    async def _take(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method == "chat.postMessage" and self.refusals:
            return self.refusals.pop(0)
        is_json = request.content_type == JSON
        self.calls.append((method, await request.json() if is_json else dict(await request.post())))
        return web.json_response({"ok": True, "user_id": "UBOT", "bot_id": "BBOT", "team_id": "T1"})


class StandInAgent:
    """Answers every question, and keeps it. `before` runs first, to wait or to fail."""

    def __init__(self) -> None:
        self.messages: list[UserMessage] = []
        self.reply: Callable[[str], dict[str, Any]] = lambda text: {"text": f"About {text}"}
        self.before: Callable[[], Any] = lambda: asyncio.sleep(0)

    @property
    def texts(self) -> list[str]:
        """What was asked."""
        return [message.text for message in self.messages]

    async def handle_message(self, message: UserMessage) -> None:
        """Stands in for the method of rasa.core.agent.Agent."""
        self.messages.append(message)
        await self.before()
        await message.output_channel.send_response(message.sender_id, self.reply(message.text))


@dataclass
class SlackSide:
    """Sends what Slack sends, to one running bot."""

    url: str
    session: ClientSession
    api: StandInApi
    agent: StandInAgent

    async def send(
        self, body: bytes, content_type: str = JSON, *, headers: Optional[Mapping[str, str]] = None
    ) -> tuple[int, str]:
        """Posts a signed body; `headers` replace those it would have."""
        sent = {**sign(body), "Content-Type": content_type, **(headers or {})}
        async with self.session.post(self.url, data=body, headers=sent) as response:
            return response.status, await response.text()

    async def send_event(self, event: Mapping[str, Any], **given: Any) -> int:
        """Delivers an event, with a new id unless one is given; returns the status."""
        headers = given.pop("headers", None)
        status, _ = await self.send(to_event_body(event, **given), headers=headers)
        return status

    async def press(self, value: str, channel: str, message: Mapping[str, Any]) -> int:
        """Presses a suggestion under a message of the bot; returns the status."""
        payload = {
            "type": "block_actions",
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "channel": {"id": channel},
            "message": message,
            "actions": [{"type": "button", "action_id": "suggestion_1", "value": value, "action_ts": new_ts()}],
        }
        status, _ = await self.send(urlencode({"payload": json.dumps(payload)}).encode(), FORM)
        return status

    async def posted(self, count: int) -> list[dict[str, Any]]:
        """Returns the bot's posts as soon as there are so many."""
        await until(lambda: len(self.api.posts) >= count)
        return self.api.posts

    async def asked_so_far(self) -> list[str]:
        """Returns what reached the agent, once everything sent before had its chance to."""
        await self.send_event(direct_message("last of all"))
        await until(lambda: "last of all" in self.agent.texts)
        return [text for text in self.agent.texts if text != "last of all"]


def sign(body: bytes, *, secret: str = SIGNING_SECRET, timestamp: Optional[str] = None) -> dict[str, str]:
    """Returns the headers by which Slack signs a body."""
    timestamp = timestamp or str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    assert signature
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}


def direct_message(text: str, **more: Any) -> dict[str, Any]:
    """Returns the event of a message to the bot alone."""
    return {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": text, "ts": new_ts()} | more


def mention(text: str, **more: Any) -> dict[str, Any]:
    """Returns the event of a message to the bot in a channel."""
    return {"type": "app_mention", "channel": "C1", "user": "U1", "text": f"<@UBOT> {text}", "ts": new_ts()} | more


def to_event_body(event: Mapping[str, Any], *, event_id: Optional[str] = None, team: str = "T1") -> bytes:
    """Returns the outer event around an event, as Slack sends it."""
    event_id = event_id or f"Ev{next(_numbers)}"
    outer = {"type": "event_callback", "team_id": team, "api_app_id": "A1", "event_id": event_id, "event": event}
    return json.dumps(outer, ensure_ascii=False).encode()


def new_ts() -> str:
    """Returns a message's time, which no other message has."""
    return f"1700000000.{next(_numbers):06}"


async def until(is_so: Callable[[], bool]) -> None:
    """Waits until something is so, five seconds at most."""
    for _ in range(1000):
        if is_so():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("It did not come to be so within five seconds.")
