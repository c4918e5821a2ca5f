"""Rasa's table of events, read page by page in the order of its ids."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Optional

from sqlalchemy import and_, column, func, or_, select, table
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import Select

from bot.feedback import SLOT
from bot.learning.collecting.errors import TrackerStoreError
from bot.learning.collecting.log_rows import BOT, SLOT_SET, USER, LogRow
from bot.learning.collecting.mark import Range, gaps_in

EVENTS = table("events", *map(column, ("id", "sender_id", "type_name", "timestamp", "action_name", "data")))
COLUMNS = (EVENTS.c.id, EVENTS.c.sender_id, EVENTS.c.type_name, EVENTS.c.action_name, EVENTS.c.data)
WANTED = or_(EVENTS.c.type_name.in_((USER, BOT)), and_(EVENTS.c.type_name == SLOT_SET, EVENTS.c.action_name == SLOT))

# A suggestion may be tapped below so many answers of a conversation.
ANSWERS_BACK = 3

# As many values as a statement of SQLite takes: https://www.sqlite.org/limits.html#max_variable_number
MOST_VALUES = 30_000


@dataclass(frozen=True)
class Page:
    """Rows up to the id `upto`, with what is needed to understand them.

    `earlier` holds the last answers of a conversation from before the page, the oldest first; `answers` the answer
    after it where the page ends between a message and its answer; `gaps` the ids in the page that nobody can see (yet).
    """

    rows: Sequence[LogRow]
    upto: int
    earlier: dict[str, list[LogRow]] = field(default_factory=dict)
    answers: dict[str, LogRow] = field(default_factory=dict)
    gaps: Sequence[Range] = ()


class TrackerStore:
    """Reads the events. Raises TrackerStoreError where that fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                if self._engine.dialect.name != "sqlite":
                    # One view of the table for all that belongs to a page.
                    connection = connection.execution_options(isolation_level="REPEATABLE READ")
                with connection.begin():
                    yield connection
        except SQLAlchemyError as error:
            raise unreadable(error) from error

    def last(self) -> int:
        """Returns the highest id, 0 where there is no event."""
        with self._reading() as connection:
            return int(connection.execute(select(func.max(EVENTS.c.id))).scalar() or 0)

    def time_of(self, event: int) -> Optional[float]:
        """Returns when an event was, None where there is none with this id."""
        with self._reading() as connection:
            found = connection.execute(select(EVENTS.c.timestamp).where(EVENTS.c.id == event)).first()
            return None if found is None else float(found.timestamp or 0)

    def page(self, after: int, upto: int, size: int, known: Collection[str] = ()) -> Page:
        """Returns the next rows behind an id, `size` at most. `known`: conversations whose answers before are known."""
        with self._reading() as connection:
            wanted = select(*COLUMNS).where(EVENTS.c.id > after, EVENTS.c.id <= upto, WANTED)
            rows = [LogRow(*row) for row in connection.execute(wanted.order_by(EVENTS.c.id).limit(size))]
            end = rows[-1].id if len(rows) == size else upto
            unknown = {row.sender_id for row in rows} - set(known)
            return Page(
                rows=rows,
                upto=end,
                earlier=_earlier(connection, sorted(unknown), after),
                answers=_answers(connection, _unanswered(rows), end),
                gaps=() if self._engine.dialect.name == "sqlite" else _gaps(connection, after, end),
            )

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()


def unreadable(error: SQLAlchemyError) -> TrackerStoreError:
    """Returns what to tell of an error of the database."""
    # Not the statement: it may hold ids of people.
    cause = " ".join(str(getattr(error, "orig", None) or error).split())[:200]
    return TrackerStoreError(f"the conversations can't be read ({cause}): {REMEDY}")


REMEDY = "check that the database runs and is not locked, and what DATABASE_URL and endpoints.yml name"


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(values), MOST_VALUES):
        yield values[first : first + MOST_VALUES]


def _earlier(connection: Connection, senders: Sequence[str], before: int) -> dict[str, list[LogRow]]:
    place = func.row_number().over(partition_by=EVENTS.c.sender_id, order_by=EVENTS.c.id.desc()).label("place")
    found: dict[str, list[LogRow]] = {}
    for some in _chunks(senders):
        answers = (
            select(EVENTS.c.id, place)
            .where(EVENTS.c.sender_id.in_(some), EVENTS.c.id <= before, EVENTS.c.type_name == BOT)
            .subquery()
        )
        last = select(*COLUMNS).join(answers, answers.c.id == EVENTS.c.id).where(answers.c.place <= ANSWERS_BACK)
        for row in connection.execute(last.order_by(EVENTS.c.id)):
            found.setdefault(row.sender_id, []).append(LogRow(*row))
    return found


def _unanswered(rows: Sequence[LogRow]) -> list[str]:
    """Returns the conversations whose last row is a message."""
    last = {row.sender_id: row.type_name for row in rows if row.type_name in (USER, BOT)}
    return sorted(sender for sender, kind in last.items() if kind == USER)


def _answers(connection: Connection, senders: Sequence[str], after: int) -> dict[str, LogRow]:
    found: dict[str, LogRow] = {}
    for some in _chunks(senders):
        wanted: Select = (
            select(func.min(EVENTS.c.id).label("id"))
            .where(EVENTS.c.sender_id.in_(some), EVENTS.c.id > after, EVENTS.c.type_name.in_((USER, BOT)))
            .group_by(EVENTS.c.sender_id)
        )
        first = wanted.subquery()
        for row in connection.execute(select(*COLUMNS).join(first, first.c.id == EVENTS.c.id)):
            if row.type_name == BOT:
                found[row.sender_id] = LogRow(*row)
    return found


def _gaps(connection: Connection, after: int, upto: int) -> Sequence[Range]:
    ids = connection.execute(select(EVENTS.c.id).where(EVENTS.c.id > after, EVENTS.c.id <= upto).order_by(EVENTS.c.id))
    return gaps_in((row.id for row in ids), after, upto)
