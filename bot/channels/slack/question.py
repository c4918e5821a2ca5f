"""What people ask in Slack, translated from its payloads."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any, Mapping, Optional

Payload = Mapping[str, Any]

# Every other subtype tells of a message (edited, deleted, joined, posted by a bot) and is none.
# https://docs.slack.dev/reference/events/message/#subtypes
SUBTYPES_OF_PEOPLE = (None, "file_share", "thread_broadcast")

MARKUP = re.compile(r"<(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
SPACES = re.compile(r"[^\S\n]+")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True)
class Question:
    """What somebody asks, and where the answer belongs.

    `keys` name the question: two deliveries that share one are the same question.
    """

    text: str
    conversation: str
    channel: str
    thread: Optional[str]
    keys: tuple[str, ...]

    @property
    def language(self) -> str:
        """Returns the language to answer in as far as the text alone tells it."""
        return "zh" if HAN.search(self.text) else "en"


def from_post(team: Optional[str], body: Payload) -> Optional[Question]:
    """Returns the question of a `message` or `app_mention` event; None where it is nothing to answer.

    https://docs.slack.dev/reference/events/app_mention/ and https://docs.slack.dev/reference/events/message.im/
    """
    event = body["event"]
    channel, post = event.get("channel"), event.get("ts")
    if not (team and channel and post and _is_for_us(event)):
        return None
    keys: tuple[str, ...] = (f"event:{team}:{body.get('event_id')}",) if body.get("event_id") else ()
    # A post that mentions us can arrive as `message` and as `app_mention`, with an event id each.
    keys += (f"post:{team}:{channel}:{post}",)
    return _question(team, channel, post, event.get("thread_ts"), keys, to_plain_text(event.get("text") or ""))


def from_press(team: Optional[str], body: Payload) -> Optional[Question]:
    """Returns the question on a pressed button; None where the button stands in no message of a channel.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload/
    """
    action, message = body["actions"][0], body.get("message", {})
    channel, post = body.get("channel", {}).get("id"), message.get("ts")
    if not (team and channel and post and action.get("value")):
        return None
    keys = (f"press:{team}:{channel}:{post}:{action.get('action_ts')}",)
    return _question(team, channel, post, message.get("thread_ts"), keys, action["value"])


def to_plain_text(text: str) -> str:
    """Returns a message's text as the person typed it, without mentions of people and groups.

    https://docs.slack.dev/messaging/formatting-message-text/#retrieving-messages
    """
    return SPACES.sub(" ", html.unescape(MARKUP.sub(_to_words, text))).strip()


def _to_words(markup: re.Match[str]) -> str:
    if markup["target"].startswith(("@", "!")):
        return ""
    return markup["label"] or markup["target"]


def _is_for_us(event: Payload) -> bool:
    is_from_person = bool(event.get("user")) and not event.get("bot_id") and event.get("subtype") in SUBTYPES_OF_PEOPLE
    is_to_us = event["type"] == "app_mention" or event.get("channel_type") == "im"
    # An edit repeats the mention as a new event: the post was answered, or was not meant for us, when it was new.
    return is_from_person and is_to_us and not event.get("edited")


def _question(team: str, channel: str, post: str, thread: Optional[str], keys: tuple[str, ...], text: str) -> Question:
    # Direct message channels bear a D, and are one conversation. Elsewhere each thread is one, and the reply opens it.
    if channel.startswith("D"):
        return Question(text, f"{team}:{channel}", channel, thread, keys)
    thread = thread or post
    return Question(text, f"{team}:{channel}:{thread}", channel, thread, keys)
