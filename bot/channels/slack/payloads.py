"""Slack's payloads: what people wrote and pressed in them, and nothing else of them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, Optional, TypeVar

Payload = Mapping[str, Any]
Read = TypeVar("Read")

# Every other subtype tells of a message (edited, deleted, joined, posted by a bot) and is none.
# https://docs.slack.dev/reference/events/message/#subtypes
SUBTYPES_OF_PEOPLE = (None, "file_share", "thread_broadcast")

MARKUP = re.compile(r"<(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
MENTION = re.compile(r"<@[^<>]+>")
SPACES = re.compile(r"[^\S\n]+")


class UnreadableError(Exception):
    """A payload lacks what its kind always has."""


class Reach(Enum):
    """How a post reaches us: by a mention, directly, as one more in a thread, or as one among others in a channel."""

    MENTION = "mention"
    DIRECT = "direct"
    THREAD = "thread"
    CHANNEL = "channel"


def _readable(read: Callable[[Payload], Read]) -> Callable[[Payload], Read]:
    """Lets a reader raise UnreadableError for whatever a payload is that it can't read."""

    @wraps(read)
    def reads(payload: Payload) -> Read:
        try:
            return read(payload)
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            raise UnreadableError("a payload without the usual keys") from error

    return reads


@dataclass(frozen=True)
class Written:
    """A post of a person. `thread` is the thread it stands in, None where it opens none."""

    reach: Reach
    channel: str
    user: str
    ts: str
    thread: Optional[str]
    text: str
    has_files: bool


@dataclass(frozen=True)
class Pressed:
    """A pressed button or a chosen option. `message` is None outside of messages (in the Home tab)."""

    action: str
    value: str
    user: str
    at: str
    channel: Optional[str]
    message: Optional[str]
    thread: Optional[str]
    is_private: bool
    response_url: Optional[str]
    trigger: Optional[str]


@dataclass(frozen=True)
class Called:
    """A slash command, or a message shortcut with that message's words as its text."""

    text: str
    channel: str
    user: str
    trigger: str
    response_url: Optional[str]
    thread: Optional[str] = None
    message: Optional[str] = None


@_readable
def written_in(event: Payload) -> Optional[Written]:
    """Returns the post of a `message` or `app_mention` event; None where no person posted it just now.

    https://docs.slack.dev/reference/events/app_mention/ and https://docs.slack.dev/reference/events/message/
    Raises UnreadableError.
    """
    # An edit repeats the mention as a new event: the post was answered, or was not meant for us, when it was new.
    if event.get("subtype") not in SUBTYPES_OF_PEOPLE or event.get("bot_id") or event.get("edited"):
        return None
    text = event.get("text") or ""
    thread = text_or_none(event.get("thread_ts"))
    reach = _reach(event, text)
    if reach is None:
        return None
    return Written(
        reach=reach,
        channel=_string(event, "channel"),
        user=_string(event, "user"),
        ts=_string(event, "ts"),
        thread=thread if thread and thread != event.get("ts") else None,
        text=to_plain_text(text),
        has_files=bool(event.get("files")),
    )


@_readable
def pressed_in(body: Payload) -> Pressed:
    """Returns the first action of a `block_actions` payload. Raises UnreadableError.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload/
    """
    action = body["actions"][0]
    container, message = body.get("container") or {}, body.get("message") or {}
    chosen = (action.get("selected_option") or {}).get("value")
    return Pressed(
        action=_string(action, "action_id"),
        value=str(action.get("value") or chosen or ""),
        user=_string(body["user"], "id"),
        at=str(action.get("action_ts") or ""),
        channel=text_or_none((body.get("channel") or {}).get("id") or container.get("channel_id")),
        message=text_or_none(message.get("ts") or container.get("message_ts")),
        thread=text_or_none(message.get("thread_ts") or container.get("thread_ts")),
        is_private=bool(container.get("is_ephemeral")),
        response_url=text_or_none(body.get("response_url")),
        trigger=text_or_none(body.get("trigger_id")),
    )


@_readable
def command_in(body: Payload) -> Called:
    """Returns a slash command. Raises UnreadableError.

    https://docs.slack.dev/interactivity/implementing-slash-commands/
    """
    return Called(
        text=to_plain_text(body.get("text") or ""),
        channel=_string(body, "channel_id"),
        user=_string(body, "user_id"),
        trigger=_string(body, "trigger_id"),
        response_url=text_or_none(body.get("response_url")),
    )


@_readable
def shortcut_in(body: Payload) -> Called:
    """Returns a message shortcut. Raises UnreadableError.

    https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload/
    """
    message = _mapping(body, "message")
    return Called(
        text=to_plain_text(message.get("text") or ""),
        channel=_string(_mapping(body, "channel"), "id"),
        user=_string(_mapping(body, "user"), "id"),
        trigger=text_or_none(body.get("action_ts")) or _string(body, "trigger_id"),
        response_url=text_or_none(body.get("response_url")),
        thread=text_or_none(message.get("thread_ts")),
        message=_string(message, "ts"),
    )


def carried_in(value: str, *names: str) -> dict[str, str]:
    """Returns what a button of ours carries as JSON. Raises UnreadableError."""
    try:
        carried = json.loads(value)
        return {name: str(carried[name]) for name in names}
    except (ValueError, LookupError, TypeError) as error:
        raise UnreadableError("a press with a value that is not ours") from error


def to_plain_text(text: str) -> str:
    """Returns a message's text as the person typed it, without mentions of people and groups.

    https://docs.slack.dev/messaging/formatting-message-text/#retrieving-messages
    """
    return SPACES.sub(" ", html.unescape(MARKUP.sub(_to_words, text))).strip()


def text_or_none(value: Any) -> Optional[str]:
    """Returns a text that is one and not empty."""
    return value if isinstance(value, str) and value else None


def _reach(event: Payload, text: str) -> Optional[Reach]:
    if event.get("type") == "app_mention":
        return Reach.MENTION
    if event.get("channel_type") == "im":
        return Reach.DIRECT
    # A post that mentions us comes as `app_mention` too, and one that mentions others is for them.
    if MENTION.search(text):
        return None
    return Reach.THREAD if event.get("thread_ts") not in (None, event.get("ts")) else Reach.CHANNEL


def _to_words(markup: re.Match[str]) -> str:
    if markup["target"].startswith(("@", "!")):
        return ""
    return markup["label"] or markup["target"]


def _string(payload: Payload, name: str) -> str:
    value = text_or_none(payload.get(name))
    if value is None:
        raise UnreadableError(f"a payload without {name}")
    return value


def _mapping(payload: Payload, name: str) -> Payload:
    value = payload.get(name)
    if not isinstance(value, Mapping):
        raise UnreadableError(f"a payload without {name}")
    return value
