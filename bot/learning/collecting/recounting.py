"""What the texts count, after messages of theirs were deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, distinct, func, select
from sqlalchemy.engine import Connection

from bot.learning.schema import MESSAGES, TEXTS
from bot.learning.states import State

MOST_IDS = 500


def recount(connection: Connection, texts: Collection[int], deleted: Collection[State] = (State.NEW,)) -> int:
    """Counts anew the messages and people of texts. Deletes those that nobody's message backs any more.

    Only texts in the states `deleted` are deleted: about the others somebody decided. Returns how many were.
    """
    gone = 0
    for some in _chunks(sorted(texts)):
        counted = {row.of: dict(row._mapping) for row in connection.execute(_counted(some))}
        nothing = {"messages": 0, "people": 0}
        if counted:
            connection.execute(_WHOLE, list(counted.values()))
        alone = [text for text in some if text not in counted]
        states = [state.value for state in deleted]
        unwanted = TEXTS.c.id.in_(alone) & TEXTS.c.state.in_(states)
        gone += connection.execute(TEXTS.delete().where(unwanted)).rowcount
        connection.execute(TEXTS.update().where(TEXTS.c.id.in_(alone)).values(nothing))
    return gone


_WHOLE = (
    TEXTS.update()
    .where(TEXTS.c.id == bindparam("of"))
    .values(messages=bindparam("n"), people=bindparam("p"), first_at=bindparam("first"), last_at=bindparam("last"))
)


def _counted(texts: Collection[int]):  # type: ignore[no-untyped-def]  # SQLAlchemy 1.4 has no types for this
    return (
        select(
            MESSAGES.c.text_id.label("of"),
            func.count().label("n"),
            func.count(distinct(MESSAGES.c.person)).label("p"),
            func.min(MESSAGES.c.at).label("first"),
            func.max(MESSAGES.c.at).label("last"),
        )
        .where(MESSAGES.c.text_id.in_(texts))
        .group_by(MESSAGES.c.text_id)
    )


def _chunks(values: list[int]) -> Iterable[list[int]]:
    return (values[first : first + MOST_IDS] for first in range(0, len(values), MOST_IDS))
