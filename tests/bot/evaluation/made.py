"""Outcomes made up for tests."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Optional

from bot.evaluation.acts import Act
from bot.evaluation.cases import Case
from bot.evaluation.changes import Changes
from bot.evaluation.measurement import Measurement
from bot.evaluation.outcomes import Outcome

# A small table: two topics of the guides, one of which has two facts, and a topic of later rules alone.
TOPICS = ("fee", "quota", "naming")
TOPIC_OF = {"fee.fact": "fee", "quota.one": "quota", "quota.two": "quota"}


def outcome(
    expected: str = "",
    given: str = "",
    *,
    text: str = "?",
    language: str = "en",
    style: str = "plain",
    kind: str = "",
    dialogue: str = "",
    earlier: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
    act: Act = Act.ANSWERED,
    confidence: float = 0.9,
    model: str = "m.tar.gz",
) -> Outcome:
    """Makes an outcome. Facts are given in one text, with spaces between."""
    facts = tuple(expected.split())
    case = Case(text, language, style, facts, kind, dialogue, earlier, place="cases.jsonl:1")
    return Outcome(case, tuple(given.split()), topics, act, "ask_fee", confidence, model)


def measurement(outcomes: Sequence[Outcome], changes: Optional[Changes] = None) -> Measurement:
    """Makes a measurement of outcomes."""
    return Measurement(
        model="m.tar.gz",
        measured=datetime.datetime(2026, 11, 21, 9, 5),
        files=["held_out/questions.jsonl"],
        outcomes=outcomes,
        topics=TOPICS,
        topic_of=TOPIC_OF,
        changes=changes,
    )
