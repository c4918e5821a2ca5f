"""Taking a batch back in the database. What it did to the project's files is the landing's (bot.learning.landing)."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any, Mapping, Optional, Sequence

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.learning.deciding import redacting
from bot.learning.deciding.errors import DecisionError, Other, StaleDecisionError
from bot.learning.deciding.groups import recount
from bot.learning.deciding.ledger import DRAFT, GROUP, LEARNED, TABLES, TEXT, Ledger, Row, in_parts, lock
from bot.learning.drafts import ASKING
from bot.learning.schema import ACTIONS, GROUPS, TEXTS
from bot.learning.states import Deed, State

# What becomes of a decision once it is taken is in nobody's way who takes the decision back.
OWN = (Deed.LAND.value, Deed.PROMOTE.value, Deed.ROLL_BACK.value, Deed.ERASE.value)


def rows_of(connection: Connection, batch: str) -> list[Row]:
    """Returns what a batch did. Raises DecisionError where it can't be taken back."""
    rows = connection.execute(select(ACTIONS).where(ACTIONS.c.batch == batch).order_by(ACTIONS.c.id)).mappings().all()
    if not rows:
        raise DecisionError(f"there is no batch '{batch}': 'wenhao logs undo' lists the latest")
    by = rows[0]["undone_by"]
    if by is not None:
        raise DecisionError(f"the batch {batch} was undone already, by {by}: undo that one to have it again")
    if any(row["what"] == "model" for row in rows):
        raise DecisionError(f"the batch {batch} changed the served model: 'wenhao rollback' takes that back")
    if any(row["kind"] == Deed.ERASE.value for row in rows):
        raise DecisionError(f"the batch {batch} erased what a person asked: that can't be taken back")
    return list(rows)


def take_back(ledger: Ledger, rows: Sequence[Row]) -> None:
    """Puts everything but lessons back to how it was before a batch, and notes that in the ledger.

    Raises StaleDecisionError where something of it was decided anew since.
    """
    connection = ledger.connection
    later = _later(connection, rows)
    if later:
        raise StaleDecisionError(later)
    lock(connection, TEXT, [int(row["which"]) for row in rows if row["what"] == TEXT])
    # Rows that are alike are put back at once: a batch may be a thousand texts.
    for _, alike in groupby(reversed([row for row in rows if row["what"] in TABLES]), key=_alike):
        _restore(ledger, list(alike))
    _mark(connection, rows[0], ledger.batch)


def _alike(row: Row) -> tuple[Any, ...]:
    plain = row["what"] == TEXT and row["before"] is not None and row["after"] is not None
    one = row["before"] if plain and "written" not in {*row["before"], *row["after"]} else row["id"]
    return row["what"], row["kind"], json.dumps(one, sort_keys=True)


def _later(connection: Connection, rows: Sequence[Row]) -> list[Other]:
    """Returns what was decided later about the same, and still holds: of each thing the last."""
    done = [row for row in rows if row["what"] in TABLES]
    mine = {(row["what"], row["which"]): set(row["after"] or row["before"] or ()) for row in done}
    found: dict[tuple[str, str], Row] = {}
    for what, ids in ((what, [which for kind, which in mine if kind == what]) for what in TABLES):
        for some in in_parts(ids):
            chosen = select(ACTIONS).where(
                ACTIONS.c.what == what,
                ACTIONS.c.which.in_(some),
                ACTIONS.c.id > max(row["id"] for row in rows),
                ACTIONS.c.undone_by.is_(None),
                ACTIONS.c.undoes.is_(None),
                ACTIONS.c.kind.not_in(OWN),
            )
            for row in connection.execute(chosen.order_by(ACTIONS.c.id)).mappings():
                erased = row["before"] is None and row["after"] is None
                if not erased and (row["after"] is None or mine[what, row["which"]] & set(row["after"])):
                    found[what, row["which"]] = row
    return [
        Other(row["what"], int(row["which"]), row["who"], row["kind"], row["at"], row["after"])
        for row in found.values()
    ]


def _restore(ledger: Ledger, rows: Sequence[Row]) -> None:
    """Puts back what rows that are alike have done."""
    row, what = rows[0], rows[0]["what"]
    which, before, after = int(row["which"]), row["before"], row["after"]
    if what == TEXT and before is None and after is None:
        # What was done to it was erased, with the person who wrote it.
        return
    there = lock(ledger.connection, what, [int(each["which"]) for each in rows])
    if what == TEXT and "written" in (before or after or {}):
        _restore_words(ledger, which, before, after, there.get(which))
    elif before is None:
        _delete(ledger, what, which, there.get(which))
    elif after is None:
        _insert(ledger, what, before, there.get(which))
    elif there:
        _set_back(ledger, what, row, list(there.values()))


def _set_back(ledger: Ledger, what: str, row: Row, there: Sequence[Row]) -> None:
    if row["kind"] == Deed.LAND.value and what == TEXT:
        # What is not learned any more was taken out by itself meanwhile.
        there = [each for each in there if each["state"] in LEARNED]
    if row["kind"] == Deed.DRAFT.value and what == DRAFT and there[0]["state"] == "landed":
        raise DecisionError(f"the draft '{there[0]['name']}' is in the project's files: undo its landing first")
    values = dict(row["before"])
    if values.get("state") == State.TRAINED.value:
        # Whether a model still has it nobody knows; that it stands in the files is sure.
        values["state"] = State.LANDED.value
    if what == TEXT and values.get("group_id") is not None and not _is_there(ledger.connection, values["group_id"]):
        values["group_id"] = None
    ledger.change(Deed.UNDO, what, there, values)
    if "group_id" in values:
        recount(ledger.connection, [values["group_id"], *(each["group_id"] for each in there)])


def _delete(ledger: Ledger, what: str, which: int, now: Optional[Row]) -> None:
    if now is None:
        return
    if what == TEXT:
        raise DecisionError(f"text {which} was collected, and can't be taken back: ignore it")
    if what == DRAFT:
        used = select(TEXTS.c.id).where(
            TEXTS.c.intent == f"{ASKING}{now['name']}", TEXTS.c.state.in_((State.LABELLED.value, *LEARNED))
        )
        if ledger.connection.execute(used).first():
            raise DecisionError(f"texts were accepted into the draft '{now['name']}' later: reopen them first")
    table = TABLES[what]
    if what == GROUP:
        inside = TEXTS.update().where(TEXTS.c.group_id == which).values(group_id=None)
        ledger.connection.execute(inside)
    ledger.connection.execute(table.delete().where(table.c.id == which))
    ledger.note(Deed.UNDO, what, which, dict(now), None)


def _insert(ledger: Ledger, what: str, before: Mapping[str, Any], now: Optional[Row]) -> None:
    if now is None:
        values = {**before, "version": before["version"] + 1}
        ledger.connection.execute(TABLES[what].insert().values(**values))
        ledger.note(Deed.UNDO, what, before["id"], None, values)


def _restore_words(
    ledger: Ledger,
    which: int,
    before: Optional[Mapping[str, Any]],
    after: Optional[Mapping[str, Any]],
    now: Optional[Row],
) -> None:
    """Takes a redaction back, or that once more. What was redacted is not kept a second time."""
    if before is None or "written" not in before:
        raise DecisionError(f"text {which} became one with another, and that was undone: redact it anew")
    written = redacting.written_in(ledger.connection, which)
    redacting.restore(ledger.connection, which, before)
    kept = None if after is None or now is None else {"text": now["text"], "key": now["key"], "written": written}
    ledger.note(Deed.UNDO, TEXT, which, kept, {"written": []})
    ledger.versions[which] = (now["version"] if now else before["version"] + 1) + 1


def _is_there(connection: Connection, group: int) -> bool:
    return connection.execute(select(GROUPS.c.id).where(GROUPS.c.id == group)).first() is not None


def _mark(connection: Connection, first: Row, by: str) -> None:
    """Marks a batch as undone. What it had undone itself holds again, and what that had undone does not."""
    undone: Optional[str] = first["batch"]
    marked: Optional[str] = by
    while undone is not None:
        connection.execute(ACTIONS.update().where(ACTIONS.c.batch == undone).values(undone_by=marked))
        row = connection.execute(select(ACTIONS.c.undoes).where(ACTIONS.c.batch == undone)).first()
        before = None if row is None else row.undoes
        marked = None if marked is not None else undone
        undone = before
