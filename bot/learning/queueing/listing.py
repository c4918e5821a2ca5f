"""What waits for a person: listed, and counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.learning.schema import GROUPS, TEXTS
from bot.learning.states import Reason, State


@dataclass(frozen=True)
class Queued:
    """A text that waits, with why and how much it deserves a look."""

    id: int
    language: str
    text: str
    reasons: tuple[Reason, ...]
    score: float
    people: int
    messages: int
    last_at: float
    group_id: Optional[int]
    version: int


@dataclass(frozen=True)
class OpenCounts:
    """How many texts and groups wait."""

    texts: int
    groups: int


def read_queue(
    connection: Connection, language: Optional[str] = None, reason: Optional[Reason] = None, limit: Optional[int] = None
) -> list[Queued]:
    """Returns the texts in the queue, the highest score first: of a language, with a reason, no more than so many."""
    wanted = select(TEXTS).where(TEXTS.c.state == State.NEW.value, TEXTS.c.score > 0)
    if language:
        wanted = wanted.where(TEXTS.c.language == language)
    found: list[Queued] = []
    for row in connection.execute(wanted.order_by(TEXTS.c.score.desc(), TEXTS.c.last_at.desc(), TEXTS.c.id)):
        if limit is not None and len(found) >= limit:
            break
        # Reasons are a list in JSON, which SQLite and PostgreSQL search in different ways.
        if reason is None or reason.value in row.reasons:
            found.append(
                Queued(
                    id=row.id,
                    language=row.language,
                    text=row.text,
                    reasons=tuple(map(Reason, row.reasons)),
                    score=row.score,
                    people=row.people,
                    messages=row.messages,
                    last_at=row.last_at,
                    group_id=row.group_id,
                    version=row.version,
                )
            )
    return found


def open_counts(connection: Connection) -> OpenCounts:
    """Returns how much waits."""
    waiting = (TEXTS.c.state == State.NEW.value) & (TEXTS.c.score > 0)
    texts = connection.execute(select(func.count()).select_from(TEXTS).where(waiting)).scalar_one()
    grouped = select(func.count(TEXTS.c.group_id.distinct())).where(waiting)
    return OpenCounts(int(texts), int(connection.execute(grouped).scalar_one()))


def was_ever_pulled(connection: Connection) -> bool:
    """Whether anything was ever collected."""
    return connection.execute(select(TEXTS.c.id).limit(1)).first() is not None


def highest_groups(connection: Connection, language: str, limit: int) -> list[int]:
    """Returns the ids of a language's groups with something that waits, the highest score first."""
    waiting = select(TEXTS.c.group_id).where(TEXTS.c.state == State.NEW.value, TEXTS.c.score > 0)
    wanted = select(GROUPS.c.id).where(GROUPS.c.language == language, GROUPS.c.id.in_(waiting))
    ordered = wanted.order_by(GROUPS.c.score.desc(), GROUPS.c.id).limit(limit)
    return [row.id for row in connection.execute(ordered)]
