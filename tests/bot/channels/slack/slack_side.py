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

from aiohttp import ClientSession
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from slack_sdk.signature import SignatureVerifier

from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.channels.slack.rehearsal.workspace import BOT_TOKEN

SIGNING_SECRET = "signing secret of the tests"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

CREDENTIALS = {"bot_token": BOT_TOKEN, "signing_secret": SIGNING_SECRET}

_numbers = itertools.count(1000)

Post = dict[str, Any]


class StandInAgent:
    """Answers every question, and keeps it. `before` runs first, to wait or to fail."""

    def __init__(self) -> None:
        self.messages: list[UserMessage] = []
        self.reply: Callable[[str], dict[str, Any]] = lambda text: {"text": f"About {text}"}
        self.before: Callable[[], Any] = lambda: asyncio.sleep(0)
        self.tracker_store = InMemoryTrackerStore(Domain.empty())
        self.lock_store = InMemoryLockStore()

    @property
    def texts(self) -> list[str]:
        """What was asked."""
        return [message.text for message in self.messages]

    async def verdicts(self) -> list[tuple[str, dict[str, Any]]]:
        """What was said of answers: the conversation, and what stands in it."""
        found = []
        for conversation in await self.tracker_store.keys():
            tracker = await self.tracker_store.retrieve(conversation)
            assert tracker is not None
            found += [
                (conversation, event.value) for event in tracker.events if getattr(event, "key", "") == "feedback"
            ]
        return found

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
    api: ApiStandIn
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

    async def interact(self, payload: Mapping[str, Any]) -> tuple[int, str]:
        """Sends an interaction: a press, a shortcut, a submitted view."""
        whole = {"team": {"id": "T1"}, "user": {"id": "U1"}, "trigger_id": self.api.new_trigger(), **payload}
        return await self.send(urlencode({"payload": json.dumps(whole)}).encode(), FORM)

    async def press(self, button: Mapping[str, Any], channel: str, message: Mapping[str, Any], **more: Any) -> int:
        """Presses a button under a message of the bot; returns the status."""
        status, _ = await self.interact(pressed(button, channel, message, **more))
        return status

    async def command(self, text: str, channel: str = "C1", user: str = "U1", **more: Any) -> tuple[int, str]:
        """Types /wenhao with some words."""
        form = {
            "command": "/wenhao",
            "text": text,
            "team_id": "T1",
            "user_id": user,
            "channel_id": channel,
            "trigger_id": self.api.new_trigger(user, channel),
            "response_url": self.api.new_response_url(channel, user),
            **more,
        }
        return await self.send(urlencode(form).encode(), FORM)

    async def posted(self, count: int) -> list[Post]:
        """Returns the bot's posts as soon as there are so many."""
        await self.api.until(lambda: len(self.api.record.posts) >= count)
        return self.api.record.posts

    async def responded(self, count: int) -> list[Post]:
        """Returns what was sent to response addresses as soon as there is so much."""
        await self.api.until(lambda: len(self.api.record.responses) >= count)
        return self.api.record.responses

    async def asked_so_far(self) -> list[str]:
        """Returns what reached the agent, once everything sent before had its chance to."""
        await self.send_event(direct_message("last of all", channel="D2", user="U2"))
        await self.api.until(lambda: "last of all" in self.agent.texts)
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


def said(text: str, **more: Any) -> dict[str, Any]:
    """Returns the event of a message in a channel that is to nobody in particular."""
    event = {"type": "message", "channel_type": "channel", "channel": "C1", "user": "U1", "text": text, "ts": new_ts()}
    return event | more


def pressed(button: Mapping[str, Any], channel: str, message: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Returns the payload of a pressed button."""
    action = {"type": "button", "action_ts": new_ts(), **button}
    place = {"channel": {"id": channel}, "message": message}
    return {"type": "block_actions", **place, "actions": [action], **more}


def pressed_ephemeral(button: Mapping[str, Any], channel: str, response_url: str, **more: Any) -> dict[str, Any]:
    """Returns the payload of a button below a message that only one person sees: Slack does not repeat the message."""
    container = {"type": "message", "message_ts": new_ts(), "channel_id": channel, "is_ephemeral": True}
    payload = {"type": "block_actions", "channel": {"id": channel}, "container": container}
    return {**payload, "response_url": response_url, "actions": [{"action_ts": new_ts(), **button}], **more}


def to_event_body(event: Mapping[str, Any], *, event_id: Optional[str] = None, team: str = "T1") -> bytes:
    """Returns the outer event around an event, as Slack sends it."""
    event_id = event_id or f"Ev{next(_numbers)}"
    outer = {"type": "event_callback", "team_id": team, "api_app_id": "A1", "event_id": event_id, "event": event}
    return json.dumps(outer, ensure_ascii=False).encode()


def new_ts() -> str:
    """Returns a message's time, which no other message has."""
    return f"1700000000.{next(_numbers):06}"


def reply(text: str = "the whole reply", **more: Any) -> dict[str, Any]:
    """Returns a message of the bot with its reply object, as of an answer with one part."""
    part = {"topic": "t", "title": "T", "lead": text, "reason": None, "source": None, "changes": [], "table": None}
    custom = {"reply": text, "language": "en", "understood": True, "parts": [part], **more}
    return {"text": text, "buttons": [], "custom": custom}


def buttons_of(post: Post) -> dict[str, dict[str, Any]]:
    """Returns the buttons of a post by their action id."""
    rows = [block["elements"] for block in post.get("blocks", []) if block["type"] in ("actions", "context_actions")]
    return {element["action_id"]: element for row in rows for element in row}
