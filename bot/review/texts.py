"""Texts with what was answered, and the conversation around a message, as they are read for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, NamedTuple, Optional, Sequence

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.learning.schema import MESSAGES, TEXTS
from bot.learning.states import State
from bot.review.groups import OPEN, in_group
from bot.review.neighbours import Neighbour

UNDECIDED = (State.NEW.value, State.SKIPPED.value)
MOST_SHOWN = 100
BEFORE, AFTER = 6, 4


class Answer(NamedTuple):
    """What one message was answered."""

    act: str
    topics: tuple[str, ...]
    reply: str
    reaction: str
    at: float
    channel: str


@dataclass(frozen=True)
class Shown:
    """A text as a row of a page. `answer` is what it was answered last, None where its messages were deleted."""

    id: int
    language: str
    text: str
    messages: int
    people: int
    state: str
    intent: Optional[str]
    use: Optional[str]
    reasons: tuple[str, ...]
    version: int
    last_at: float
    answer: Optional[Answer]
    neighbours: tuple[Neighbour, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.state in UNDECIDED

    @property
    def teaches_nothing(self) -> bool:
        """Whether a near copy of it is trained already."""
        return bool(self.neighbours) and self.neighbours[0].is_copy


def texts_in_group(connection: Connection, group: int, page: int = 0) -> tuple[list[Shown], list[Shown]]:
    """Returns a page of the undecided texts of a group, the most typical first, and what was decided, latest first."""
    own = in_group(group)
    typical = (TEXTS.c.typical.desc(), TEXTS.c.people.desc(), TEXTS.c.id)
    undecided = select(TEXTS).where(own, OPEN).order_by(*typical)
    decided = select(TEXTS).where(own, TEXTS.c.state.notin_(UNDECIDED)).order_by(TEXTS.c.last_at.desc())
    shown = undecided.offset(page * MOST_SHOWN).limit(MOST_SHOWN)
    return _shown(connection, shown), _shown(connection, decided.limit(MOST_SHOWN))


def count_open(connection: Connection, group: int) -> int:
    """Returns how many texts of a group are undecided."""
    query = select(func.count()).where(in_group(group), OPEN)
    return int(connection.execute(query).scalar_one())


def texts_accepted(connection: Connection, intent: str) -> list[Shown]:
    """Returns the texts that were accepted into an intent and are not landed, by language and age."""
    query = select(TEXTS).where(TEXTS.c.state == "labelled", TEXTS.c.intent == intent)
    return _shown(connection, query.order_by(TEXTS.c.language, TEXTS.c.id))


def read_text(connection: Connection, text: int) -> Optional[Shown]:
    """Returns one text, or None where there is none of that number."""
    return next(iter(_shown(connection, select(TEXTS).where(TEXTS.c.id == text))), None)


def around(connection: Connection, text: int) -> list[Mapping[str, Any]]:
    """Returns the messages of the conversation in which a text was asked last, some before and some after it."""
    asked = select(MESSAGES).where(MESSAGES.c.text_id == text).order_by(MESSAGES.c.at.desc(), MESSAGES.c.id.desc())
    own = connection.execute(asked.limit(1)).first()
    if own is None:
        return []
    same = MESSAGES.c.conversation == own.conversation
    before = select(MESSAGES).where(same, MESSAGES.c.at <= own.at).order_by(MESSAGES.c.at.desc(), MESSAGES.c.id.desc())
    after = select(MESSAGES).where(same, MESSAGES.c.at > own.at).order_by(MESSAGES.c.at, MESSAGES.c.id)
    found = [*reversed(connection.execute(before.limit(BEFORE + 1)).all()), *connection.execute(after.limit(AFTER))]
    return [{**row._mapping, "own": row.id == own.id} for row in found]


def _shown(connection: Connection, query: Any) -> list[Shown]:
    rows = connection.execute(query).all()
    answers = _answers(connection, [row.id for row in rows])
    return [
        Shown(
            *(row.id, row.language, row.text, row.messages, row.people, row.state, row.intent, row.use),
            reasons=tuple(row.reasons or ()),
            version=row.version,
            last_at=row.last_at,
            answer=answers.get(row.id),
        )
        for row in rows
    ]


def _answers(connection: Connection, texts: Sequence[int]) -> dict[int, Answer]:
    last = select(func.max(MESSAGES.c.id)).where(MESSAGES.c.text_id.in_(texts)).group_by(MESSAGES.c.text_id)
    rows = connection.execute(select(MESSAGES).where(MESSAGES.c.id.in_(last)))
    return {
        row.text_id: Answer(row.act, tuple(row.topics or ()), row.reply, row.reaction, row.at, row.channel)
        for row in rows
    }
