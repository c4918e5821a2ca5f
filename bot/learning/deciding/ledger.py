"""One batch in the making: it locks what it is about, changes it, and appends each change to the actions."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Mapping, Optional, Sequence, TypeVar

from sqlalchemy import Table, select
from sqlalchemy.engine import Connection

from bot.learning.database import ReviewDatabase, now
from bot.learning.deciding.decided import Decided, Seen
from bot.learning.deciding.errors import DecisionError, Other, StaleDecisionError
from bot.learning.schema import ACTIONS, DRAFTS, GROUPS, TEXTS
from bot.learning.states import Deed, State

Row = Mapping[str, Any]
Id = TypeVar("Id", int, str)

TEXT, GROUP, DRAFT, LESSONS = "text", "group", "draft", "lessons"
TABLES: dict[str, Table] = {TEXT: TEXTS, GROUP: GROUPS, DRAFT: DRAFTS}
LEARNED = (State.LANDED.value, State.TRAINED.value)

# No more than so many ids in one statement: databases bound the number of values.
AT_ONCE = 500


@dataclass
class Ledger:
    """A batch: who does it, when, and what has been noted so far."""

    connection: Connection
    batch: str
    who: str
    at: float
    undoes: Optional[str] = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)

    def note(self, kind: Deed, what: str, which: object, before: Any, after: Any) -> None:
        """Notes one change, to be appended to the actions at the end."""
        self.rows.append(
            {
                "batch": self.batch,
                "at": self.at,
                "who": self.who,
                "kind": kind.value,
                "what": what,
                "which": str(which),
                "before": before,
                "after": after,
                "undoes": self.undoes,
            }
        )

    def change(self, kind: Deed, what: str, rows: Sequence[Row], values: Mapping[str, Any]) -> None:
        """Sets values of texts, groups or drafts that are locked, and counts their versions up."""
        table = TABLES[what]
        for some in in_parts([row["id"] for row in rows]):
            counted = table.update().where(table.c.id.in_(some)).values(**values, version=table.c.version + 1)
            self.connection.execute(counted)
        for row in rows:
            self.note(kind, what, row["id"], {name: row[name] for name in values}, dict(values))
            if what == TEXT:
                self.versions[row["id"]] = row["version"] + 1

    def append(self) -> None:
        """Appends what was noted."""
        if self.rows:
            self.connection.execute(ACTIONS.insert(), self.rows)

    def decided(self, group: Optional[int] = None, draft: Optional[int] = None) -> Decided:
        """Returns what was decided."""
        return Decided(self.batch, dict(self.versions), group, draft)


@contextmanager
def open_ledger(database: ReviewDatabase, who: str) -> Iterator[Ledger]:
    """Yields a batch in a transaction of its own: what it noted is appended at the end."""
    with writing(database) as connection:
        ledger = new_ledger(connection, who)
        yield ledger
        ledger.append()


@contextmanager
def writing(database: ReviewDatabase) -> Iterator[Connection]:
    """Yields a connection that nobody writes beside, in SQLite; in PostgreSQL rows are locked one by one."""
    with database.begin() as connection:
        if connection.dialect.name == "sqlite":
            # Python's driver begins a transaction at the first change alone: what was read before may be old by then.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def new_ledger(connection: Connection, who: str, undoes: Optional[str] = None) -> Ledger:
    """Returns an empty batch of somebody. Raises DecisionError where nobody is named."""
    if not who.strip():
        raise DecisionError("nobody is named who decides: say who you are")
    return Ledger(connection, new_batch(), who.strip(), now(), undoes)


def new_batch() -> str:
    """Returns the name of a new batch: names are sorted by time."""
    time = datetime.datetime.now(datetime.timezone.utc)
    return f"{time:%Y%m%dT%H%M%S}{time.microsecond // 1000:03d}-{secrets.token_hex(3)}"


def lock(connection: Connection, what: str, ids: Sequence[int]) -> dict[int, Row]:
    """Returns rows as they are, by id, and keeps others from changing them until the transaction ends."""
    table = TABLES[what]
    found: dict[int, Row] = {}
    for some in in_parts(sorted(set(ids))):
        chosen = select(table).where(table.c.id.in_(some)).order_by(table.c.id).with_for_update()
        found.update({row["id"]: row for row in connection.execute(chosen).mappings()})
    return found


def lock_seen(connection: Connection, what: str, seen: Seen) -> list[Row]:
    """Returns rows as they were seen, locked. Raises StaleDecisionError where one is no more what was seen."""
    if not seen:
        raise DecisionError(f"no {what} is named: choose one at least")
    found = lock(connection, what, list(seen))
    stale = [which for which, version in seen.items() if which not in found or found[which]["version"] != version]
    if stale:
        raise StaleDecisionError([last_deed(connection, what, which) for which in sorted(stale)])
    return [found[which] for which in sorted(seen)]


def lock_undecided(connection: Connection, seen: Seen) -> list[Row]:
    """Returns texts as they were seen, locked. Raises StaleDecisionError; DecisionError for what is learned already."""
    rows = lock_seen(connection, TEXT, seen)
    learned = [row["id"] for row in rows if row["state"] in LEARNED]
    if learned:
        which = ", ".join(map(str, learned[:5])) + (f" and {len(learned) - 5} more" if len(learned) > 5 else "")
        raise DecisionError(f"text {which} is learned already: undo the landing first ('wenhao logs undo')")
    return rows


def last_deed(connection: Connection, what: str, which: int) -> Other:
    """Returns what was done last to something."""
    chosen = select(ACTIONS).where(ACTIONS.c.what == what, ACTIONS.c.which == str(which))
    row = connection.execute(chosen.order_by(ACTIONS.c.id.desc()).limit(1)).mappings().first()
    if row is None:
        return Other(what, which, "", "", 0.0, None)
    return Other(what, which, row["who"], row["kind"], row["at"], row["after"])


def in_parts(ids: Sequence[Id]) -> Iterator[Sequence[Id]]:
    """Yields ids, so many at once as fit into a statement."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
