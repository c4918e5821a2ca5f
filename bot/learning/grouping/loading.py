"""Reads what is to be grouped from the review database: the queue's texts of a language, and who asked them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Optional

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from bot.learning.queueing.reasons import WEIGHTS, Ranking
from bot.learning.queueing.score import recency
from bot.learning.schema import GROUPS, MESSAGES, READINGS, TEXTS
from bot.learning.states import Reason, State

ROWS_AT_ONCE = 2000

# Of each text so many rankings, the latest, tell what the classifier takes it for.
MOST_RANKINGS = 3


@dataclass
class OpenText:
    """A text that waits, as it was when it was read. `people` is what each person's asking it is worth (score.py)."""

    id: int
    key: str
    version: int
    group_id: Optional[int]
    worth: float
    last_at: float
    messages: int = 0
    people: dict[str, float] = field(default_factory=dict)
    rankings: list[Ranking] = field(default_factory=list)


def open_texts(connection: Connection, language: str, now: float) -> list[OpenText]:
    """Returns the queue's texts of a language, the highest score first, without those of groups that a person made."""
    texts = _texts(connection, language)
    by_id = {text.id: text for text in texts}
    _add_messages(connection, language, by_id, now)
    readings = select(READINGS.c.text_id, READINGS.c.ranking).join(TEXTS, TEXTS.c.id == READINGS.c.text_id)
    for row in connection.execute(readings.where(TEXTS.c.language == language)):
        if row.text_id in by_id:
            by_id[row.text_id].rankings = [row.ranking]
    return texts


def _texts(connection: Connection, language: str) -> list[OpenText]:
    wanted = (
        select(TEXTS)
        .outerjoin(GROUPS, GROUPS.c.id == TEXTS.c.group_id)
        .where(TEXTS.c.language == language, TEXTS.c.state == State.NEW.value, TEXTS.c.score > 0)
        .where(or_(GROUPS.c.by_hand.is_(None), GROUPS.c.by_hand.is_(False)))
        .order_by(TEXTS.c.score.desc(), TEXTS.c.id)
    )
    return [
        OpenText(
            id=row.id,
            key=row.key,
            version=row.version,
            group_id=row.group_id,
            worth=max((WEIGHTS[Reason(reason)] for reason in row.reasons), default=0.0),
            last_at=row.last_at,
        )
        for row in connection.execute(wanted)
    ]


def _add_messages(connection: Connection, language: str, texts: dict[int, OpenText], now: float) -> None:
    asked = (
        select(MESSAGES.c.text_id, MESSAGES.c.person, MESSAGES.c.at, MESSAGES.c.ranking)
        .join(TEXTS, TEXTS.c.id == MESSAGES.c.text_id)
        .where(TEXTS.c.language == language, TEXTS.c.state == State.NEW.value, TEXTS.c.score > 0)
        .order_by(MESSAGES.c.at.desc(), MESSAGES.c.id)
        .execution_options(stream_results=True, max_row_buffer=ROWS_AT_ONCE)
    )
    for row in connection.execute(asked):
        text = texts.get(row.text_id)
        if text is None:
            continue
        text.messages += 1
        worth = text.worth * recency(row.at, now)
        text.people[row.person] = max(worth, text.people.get(row.person, 0.0))
        if len(text.rankings) < MOST_RANKINGS:
            text.rankings.append(row.ranking)


def worth_of(texts: Sequence[OpenText]) -> dict[str, float]:
    """Returns what the people who asked any of these texts are worth, each once, by the most."""
    people: dict[str, float] = {}
    for text in texts:
        for person, worth in text.people.items():
            people[person] = max(worth, people.get(person, 0.0))
    return people
