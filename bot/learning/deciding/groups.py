"""Decisions on groups: what belongs together, and what it is called. Groups so touched are left by grouping anew."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.learning.database import ReviewDatabase
from bot.learning.deciding.decided import Decided, Seen
from bot.learning.deciding.errors import DecisionError, StaleDecisionError
from bot.learning.deciding.ledger import GROUP, TEXT, Ledger, Row, last_deed, lock, lock_seen, open_ledger
from bot.learning.schema import GROUPS, MESSAGES, TEXTS
from bot.learning.states import Deed

LONGEST_NAME = 100


def move(database: ReviewDatabase, seen: Seen, group: Optional[int], who: str) -> Decided:
    """Puts texts into another group of their language, or (None) into no group.

    Raises StaleDecisionError; DecisionError where there is no such group, or it is of another language.
    """
    with open_ledger(database, who) as ledger:
        rows = lock_seen(ledger.connection, TEXT, seen)
        if group is not None:
            into = lock(ledger.connection, GROUP, [group]).get(group)
            if into is None:
                raise StaleDecisionError([last_deed(ledger.connection, GROUP, group)])
            _same_language([*rows, into])
            _touch(ledger, Deed.MOVE, [into])
        _put(ledger, Deed.MOVE, rows, group)
    return ledger.decided(group)


def split(database: ReviewDatabase, seen: Seen, name: str, who: str) -> Decided:
    """Puts texts of one language into a new group of this name. Raises StaleDecisionError, DecisionError."""
    with open_ledger(database, who) as ledger:
        rows = lock_seen(ledger.connection, TEXT, seen)
        _same_language(rows)
        made = _made(ledger, rows, _named(name))
        _put(ledger, Deed.SPLIT, rows, made)
    return ledger.decided(made)


def merge(database: ReviewDatabase, groups: Mapping[int, int], into: int, who: str) -> Decided:
    """Makes groups of one language one. `groups` are their ids and versions as seen, `into` (one of them) stays.

    Raises StaleDecisionError; DecisionError where they are not all of one language, or fewer than two.
    """
    if into not in groups or len(groups) < 2:
        raise DecisionError("two groups at least make one: name them, and the one of them that stays")
    with open_ledger(database, who) as ledger:
        connection = ledger.connection
        rows = lock_seen(connection, GROUP, groups)
        _same_language(rows)
        others = [row for row in rows if row["id"] != into]
        chosen = select(TEXTS.c.id).where(TEXTS.c.group_id.in_([row["id"] for row in others]))
        moved = lock(connection, TEXT, list(connection.execute(chosen).scalars()))
        _touch(ledger, Deed.MERGE, [row for row in rows if row["id"] == into])
        _put(ledger, Deed.MERGE, list(moved.values()), into)
        for row in others:
            ledger.note(Deed.MERGE, GROUP, row["id"], dict(row), None)
        connection.execute(GROUPS.delete().where(GROUPS.c.id.in_([row["id"] for row in others])))
    return ledger.decided(into)


def rename(database: ReviewDatabase, group: int, version: int, name: str, who: str) -> Decided:
    """Gives a group another name. Raises StaleDecisionError; DecisionError where the name is empty or too long."""
    name = _named(name)
    with open_ledger(database, who) as ledger:
        rows = lock_seen(ledger.connection, GROUP, {group: version})
        ledger.change(Deed.RENAME, GROUP, rows, {"name": name, "by_hand": True})
    return ledger.decided(group)


def recount(connection: Connection, groups: Sequence[Optional[int]]) -> None:
    """Brings the sums of groups up to what is in them."""
    for group in {each for each in groups if each is not None}:
        inside = select(
            func.coalesce(func.sum(TEXTS.c.messages), 0).label("messages"),
            func.coalesce(func.sum(TEXTS.c.score), 0.0).label("score"),
            func.coalesce(func.max(TEXTS.c.last_at), 0.0).label("last_at"),
            func.coalesce(func.max(TEXTS.c.people), 0).label("people"),
        ).where(TEXTS.c.group_id == group)
        sums = connection.execute(inside).mappings().one()
        asked = select(func.count(func.distinct(MESSAGES.c.person))).select_from(MESSAGES.join(TEXTS))
        people = connection.execute(asked.where(TEXTS.c.group_id == group)).scalar() or 0
        values = {**sums, "people": max(people, sums["people"])}
        connection.execute(GROUPS.update().where(GROUPS.c.id == group).values(**values))


def _put(ledger: Ledger, kind: Deed, rows: Sequence[Row], group: Optional[int]) -> None:
    ledger.change(kind, TEXT, rows, {"group_id": group})
    recount(ledger.connection, [group, *(row["group_id"] for row in rows)])


def _touch(ledger: Ledger, kind: Deed, rows: Sequence[Row]) -> None:
    ledger.change(kind, GROUP, rows, {"by_hand": True})


def _made(ledger: Ledger, rows: Sequence[Row], name: str) -> int:
    values: dict[str, Any] = {
        "language": rows[0]["language"],
        "name": name,
        "nearest": [],
        "people": 0,
        "messages": 0,
        "score": 0.0,
        "last_at": 0.0,
        "by_hand": True,
        "made_at": ledger.at,
        "version": 0,
    }
    of = rows[0]["group_id"]
    if of is not None:
        values["nearest"] = ledger.connection.execute(select(GROUPS.c.nearest).where(GROUPS.c.id == of)).scalar() or []
    made = int(ledger.connection.execute(GROUPS.insert().values(**values)).inserted_primary_key[0])
    ledger.note(Deed.SPLIT, GROUP, made, None, {"id": made, "twin_id": None, **values})
    return made


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise DecisionError(f"a group's name has 1 to {LONGEST_NAME} characters: give it a shorter one, or one at all")
    return name


def _same_language(rows: Sequence[Row]) -> None:
    if len({row["language"] for row in rows}) > 1:
        raise DecisionError("a group is of one language: choose English or Chinese ones alone")
