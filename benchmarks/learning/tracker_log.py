"""Writes a tracker store as Rasa does, through SQL, without asking a bot: conversations of people with Wenhao.

The rows have the form and the size of those that the real bot leaves (SQLTrackerStore.save in
rasa/core/tracker_store.py).
"""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Optional

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text, create_engine

METADATA = MetaData()

# The table that Rasa makes.
EVENTS = Table(
    "events",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255), nullable=False, index=True),
    Column("type_name", String(255), nullable=False),
    Column("timestamp", Float),
    Column("intent_name", String(255)),
    Column("action_name", String(255)),
    Column("data", Text),
)

MODEL = "eebb0c149c294fed9bb517ebe5f669c1"
BEGINNING = 1_790_000_000.0
ROWS_AT_ONCE = 20_000

Row = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """A message and what the bot answered. `person` is the wish in the reply object, `metadata` the channel's own."""

    text: str
    reply: str = "微信认证的费用是每次申请300元。"
    topics: Sequence[str] = ("verification_fee",)
    intent: str = "ask_verification_fee"
    confidence: float = 0.97
    language: str = "zh"
    suggestions: Sequence[str] = ()
    person: Optional[str] = None
    understood: bool = True
    channel: str = "rest"
    message_id: Optional[str] = None
    metadata: Optional[dict[str, Any]] = None


def turn(sender: str, at: float, said: Said, intents: Sequence[str] = ("ask_difference", "greet")) -> list[Row]:
    """Returns the rows of one message and its answer."""
    beside = {**(said.metadata or {}), "model_id": MODEL, "assistant_id": "wenhao"}
    others = [(name, (1 - said.confidence) / 8 / place) for place, name in enumerate(intents, start=1)]
    ranked = [(said.intent, said.confidence), *others]
    key = said.message_id or uuid.uuid4().hex
    parsed = {
        "intent": {"name": said.intent, "confidence": said.confidence},
        "entities": [],
        "text": said.text,
        "message_id": key,
        "metadata": said.metadata or {},
        "language": said.language,
        "traditional": False,
        "intent_ranking": [{"name": name, "confidence": confidence} for name, confidence in ranked],
        "questions": [],
        "asks": True,
    }
    user = {"text": said.text, "parse_data": parsed, "input_channel": said.channel, "message_id": key}
    buttons = [{"title": each, "payload": each} for each in said.suggestions]
    data = {"elements": None, "quick_replies": None, "buttons": buttons, "attachment": None, "image": None}
    answer = "action_answer_question"
    return [
        _row(sender, at, "user", user, beside, intent=said.intent),
        _row(sender, at + 0.01, "user_featurization", {"use_text_for_featurization": False}, beside),
        _row(
            sender,
            at + 0.02,
            "action",
            {"policy": "RulePolicy", "confidence": 1.0, "name": answer},
            beside,
            name=answer,
        ),
        _row(sender, at + 0.03, "bot", {"text": said.reply, "data": {**data, "custom": _custom(sender, said)}}, beside),
        _slot(sender, at + 0.04, "memory", {"topics": list(said.topics), "asked": [], "choices": [], "failures": 0}),
        _slot(sender, at + 0.05, "circumstances", {"accounts": [], "verified": None, "subject": None}),
        _row(sender, at + 0.06, "action", {"policy": "RulePolicy", "confidence": 1.0}, beside, name="action_listen"),
    ]


def beginning(sender: str, at: float) -> list[Row]:
    """Returns the rows with which a conversation begins."""
    return [
        _row(sender, at, "action", {"policy": None, "confidence": 1.0}, {}, name="action_session_start"),
        _row(sender, at, "session_started", {}, {}),
        _row(sender, at, "action", {"policy": None, "confidence": None}, {}, name="action_listen"),
    ]


def feedback(sender: str, at: float, verdict: str, about: str, reason: Optional[str] = None) -> Row:
    """Returns the row of what somebody says of an answer (bot/feedback.py)."""
    value = {"verdict": verdict, "about": about, "channel": "slack", "reason": reason}
    return _slot(sender, at, "feedback", value)


def write(url: str, rows: Iterable[Row]) -> None:
    """Writes rows in their order into the table, which it makes where it is missing."""
    engine = create_engine(url, future=True)
    METADATA.create_all(engine)
    waiting = iter(rows)
    while some := list(islice(waiting, ROWS_AT_ONCE)):
        with engine.begin() as connection:
            connection.execute(EVENTS.insert(), some)
    engine.dispose()


def conversations(messages: int, questions: Sequence[Said], seed: int = 7) -> Iterator[Row]:
    """Yields the rows of so many messages: some questions are common, most are rare, every tenth has a number in it."""
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
    weights = [1 / (place + 1) for place in range(len(questions))]
    written, at = 0, BEGINNING
    while written < messages:
        sender = f"wechat:gh_{chance.randrange(10**6):06}:o{chance.randrange(messages // 6 + 1):027}"
        yield from beginning(sender, at)
        for said in chance.choices(questions, weights, k=min(chance.randint(1, 6), messages - written)):
            yield from turn(sender, at, _varied(said, chance), [each.intent for each in questions[:19]])
            at += chance.expovariate(1 / 20)
            written += 1


def _varied(said: Said, chance: random.Random) -> Said:
    words = said.text
    if chance.random() < 0.5:
        words = f"{words} {chance.choice('甲乙丙丁戊己庚辛壬癸')}{chance.randrange(300)}"
    if chance.random() < 0.1:
        words = f"{words}，电话1{chance.randrange(3 * 10**9, 10**10)}"
    return Said(**{**said.__dict__, "text": words, "message_id": f"{chance.getrandbits(128):032x}"})


def _custom(sender: str, said: Said) -> dict[str, Any]:
    lead, *reason = said.reply.split("\n", 1)
    source = {"text": "《微信公众号指南》，2014年8月19日", "url": None}
    parts = [
        {"topic": each, "title": each, "lead": lead, "reason": "".join(reason) or None, "source": source, "changes": []}
        for each in said.topics
    ]
    return {
        "conversation": sender,
        "text": said.text,
        "reply": said.reply,
        "language": said.language,
        "intent": said.intent,
        "confidence": round(said.confidence, 4),
        "understood": said.understood,
        "facts": ["verification.fee"] if said.topics else [],
        "later": [],
        "suggestions": list(said.suggestions),
        "recommendation": None,
        "person": said.person,
        "parts": parts,
    }


def _slot(sender: str, at: float, name: str, value: dict[str, Any]) -> Row:
    return _row(sender, at, "slot", {"value": value}, {}, name=name)


def _row(
    sender: str, at: float, kind: str, data: dict[str, Any], metadata: dict[str, Any], intent: str = "", name: str = ""
) -> Row:
    told = {"event": kind, "timestamp": at, "metadata": metadata, **({"name": name} if name else {}), **data}
    return {
        "sender_id": sender,
        "type_name": kind,
        "timestamp": at,
        "intent_name": intent or None,
        "action_name": name or None,
        "data": json.dumps(told),
    }
