"""Rows of Rasa's tracker store as what they tell. Whatever is odd about one is a CorruptRowError.

The rows are what `Event.as_dict()` gives: rasa/shared/core/events.py; SQLTrackerStore.save in
rasa/core/tracker_store.py.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Optional, Union

from bot.feedback import SLOT
from bot.learning.collecting.errors import CorruptRowError
from bot.learning.collecting.speakers import speaker_of

USER, BOT, SLOT_SET = "user", "bot", "slot"
REST = "rest"
FALLBACK = "nlu_fallback"

# Of the ranking so many are kept.
MOST_RANKED = 10

# The press of a button in Slack is a message with such an id.
PRESS = "press:"


class LogRow(NamedTuple):
    """A row of the table `events`, with the columns that collecting reads."""

    id: int
    sender_id: str
    type_name: str
    action_name: Optional[str]
    data: Optional[str]


@dataclass(frozen=True)
class Asked:
    """A message of a person. `key` is its id in the channel; `tapped`: chosen, not written."""

    id: int
    conversation: str
    at: float
    text: str
    key: str
    person: str
    channel: str
    model: str
    language: Optional[str]
    intent: str
    ranking: tuple[tuple[str, float], ...]
    tapped: bool


@dataclass(frozen=True)
class Reply:
    """What the bot said: the reply object where there is one, else its text alone."""

    id: int
    conversation: str
    text: str
    content: Mapping[str, Any]

    @property
    def suggestions(self) -> tuple[str, ...]:
        """What was offered to be tapped."""
        return tuple(self.content.get("suggestions") or ())


@dataclass(frozen=True)
class Judged:
    """What somebody said of an answer. `about` is the key of the message that was answered."""

    id: int
    conversation: str
    verdict: str
    about: str
    reason: Optional[str]


LogEvent = Union[Asked, Reply, Judged]


def read_row(row: LogRow) -> LogEvent:
    """Returns what a row tells. Raises CorruptRowError."""
    data = _object(row.data)
    if row.type_name == USER:
        return _asked(row, data)
    if row.type_name == BOT:
        return _reply(row, data)
    if row.type_name == SLOT_SET and row.action_name == SLOT:
        return _judged(row, data)
    raise CorruptRowError(f"an event of another type, {ascii(row.type_name)[:40]}")


def _object(data: Optional[str]) -> Mapping[str, Any]:
    try:
        found = json.loads(data or "")
    except (ValueError, RecursionError, TypeError) as error:
        raise CorruptRowError("no JSON") from error
    return _mapping(found, "the whole")


def _asked(row: LogRow, data: Mapping[str, Any]) -> Asked:
    parsed = _mapping(data.get("parse_data"), "parse_data")
    metadata = _mapping(data.get("metadata") or {}, "metadata")
    key = metadata.get("message") or data.get("message_id") or f"event:{row.id}"
    channel = data.get("input_channel")
    channel = REST if channel is None else _text(channel, "input_channel")
    ranking = _ranking(parsed)
    return Asked(
        id=row.id,
        conversation=_text(row.sender_id, "sender_id"),
        at=_time(data.get("timestamp")),
        text=_text(data.get("text"), "text"),
        key=_text(key, "message_id"),
        person=speaker_of(row.sender_id, channel, _text(metadata.get("person") or "", "person")),
        channel=channel,
        model=_text(metadata.get("model_id") or "", "model_id"),
        language=_text(parsed.get("language") or "", "language") or None,
        intent=ranking[0][0],
        ranking=ranking,
        tapped=bool(metadata.get("tapped") or metadata.get("answers") is not None or str(key).startswith(PRESS)),
    )


def _ranking(parsed: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    """Returns the classifier's own: what a fallback puts in front is left out."""
    # Where a rule of its own decided, nothing was ranked.
    ranked = parsed.get("intent_ranking") or [parsed.get("intent")]
    if not isinstance(ranked, list):
        raise CorruptRowError("intent_ranking is no list")
    read = [_intent(each) for each in ranked[: MOST_RANKED + 1]]
    return tuple([each for each in read if each[0] != FALLBACK][:MOST_RANKED]) or tuple(read)


def _intent(found: Any) -> tuple[str, float]:
    each = _mapping(found, "intent")
    return _text(each.get("name"), "intent"), round(_number(each.get("confidence"), "confidence"), 6)


def _reply(row: LogRow, data: Mapping[str, Any]) -> Reply:
    content = _mapping(_mapping(data.get("data") or {}, "data").get("custom") or {}, "custom")
    text = _text(content.get("reply") or data.get("text") or "", "reply")
    for name in ("suggestions", "facts", "later"):
        for each in _list(content.get(name) or [], name):
            _text(each, name)
    for part in _list(content.get("parts") or [], "parts"):
        _text(_mapping(part, "parts").get("topic"), "topic")
    if content.get("confidence") is not None:
        _number(content["confidence"], "confidence")
    return Reply(row.id, _text(row.sender_id, "sender_id"), text, content)


def _judged(row: LogRow, data: Mapping[str, Any]) -> Judged:
    value = _mapping(data.get("value"), "value")
    verdict, reason = _text(value.get("verdict"), "verdict"), _text(value.get("reason") or "", "reason")
    if verdict not in ("solved", "unsolved"):
        raise CorruptRowError("a verdict that is none")
    about = _text(value.get("about"), "about")
    return Judged(row.id, _text(row.sender_id, "sender_id"), verdict, about, reason or None)


def _mapping(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise CorruptRowError(f"{name} is no object")
    return value


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise CorruptRowError(f"{name} is no list")
    return value


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise CorruptRowError(f"{name} is no text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise CorruptRowError(f"{name} holds half a character") from error
    if "\0" in value:
        raise CorruptRowError(f"{name} holds NUL")
    return value


def _number(value: Any, name: str) -> float:
    if isinstance(value, (int, float)):
        try:
            if math.isfinite(value):
                return float(value)
        except OverflowError:
            pass
    raise CorruptRowError(f"{name} is no number")


def _time(value: Any) -> float:
    at = _number(value, "timestamp")
    # Databases and `datetime` take years of four digits.
    if not 0 < at < 253_402_300_800:
        raise CorruptRowError("timestamp is no time")
    return at
