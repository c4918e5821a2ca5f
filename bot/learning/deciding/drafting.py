"""Drafts of new intents in the review database: kept as they are typed, complete or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.learning.database import ReviewDatabase
from bot.learning.deciding.decided import Decided, Seen
from bot.learning.deciding.draft_checks import name_fault
from bot.learning.deciding.errors import DecisionError
from bot.learning.deciding.ledger import DRAFT, TEXT, Row, lock, lock_seen, lock_undecided, open_ledger
from bot.learning.deciding.names import names_taken
from bot.learning.deciding.texts import UNDECIDED, accept
from bot.learning.drafts import Draft
from bot.learning.schema import DRAFTS, TEXTS
from bot.learning.states import Deed, State
from bot.settings import Settings

OPEN, LANDED = "open", "landed"


@dataclass(frozen=True)
class StoredDraft:
    """A draft as it is kept. `state` is "open" or "landed"."""

    id: int
    draft: Draft
    state: str
    made_by: str
    made_at: float
    version: int


def make_draft(
    database: ReviewDatabase, settings: Settings, draft: Draft, who: str, seen: Optional[Seen] = None
) -> Decided:
    """Keeps a new draft, which needs a name; with `seen`, these texts are accepted into its intent in the same batch.

    Raises StaleDecisionError; DecisionError where the name is no name, or is taken.
    """
    with open_ledger(database, who) as ledger:
        _check_name(ledger.connection, settings, draft)
        values: dict[str, Any] = {
            "name": draft.name,
            "content": draft.to_data(),
            "state": OPEN,
            "made_by": ledger.who,
            "made_at": ledger.at,
            "version": 0,
        }
        made = int(ledger.connection.execute(DRAFTS.insert().values(**values)).inserted_primary_key[0])
        ledger.note(Deed.DRAFT, DRAFT, made, None, {"id": made, **values})
        if seen:
            accept(ledger, lock_undecided(ledger.connection, seen), draft.intent)
    return ledger.decided(draft=made)


def change_draft(
    database: ReviewDatabase, settings: Settings, draft_id: int, version: int, draft: Draft, who: str
) -> Decided:
    """Keeps a draft as it is now. Another name takes along the texts that were accepted into it.

    Raises StaleDecisionError; DecisionError where there is no such open draft, or the new name is taken or none.
    """
    with open_ledger(database, who) as ledger:
        row = _lock_open(ledger.connection, draft_id, version)
        if draft.name != row["name"]:
            _check_name(ledger.connection, settings, draft, draft_id)
            texts = _accepted(ledger.connection, row)
            ledger.change(Deed.DRAFT, TEXT, list(texts.values()), {"intent": draft.intent})
        ledger.change(Deed.DRAFT, DRAFT, [row], {"name": draft.name, "content": draft.to_data()})
    return ledger.decided(draft=draft_id)


def drop_draft(database: ReviewDatabase, draft_id: int, version: int, who: str) -> Decided:
    """Gives a draft up; texts accepted into it are undecided again. Raises StaleDecisionError, DecisionError."""
    with open_ledger(database, who) as ledger:
        row = _lock_open(ledger.connection, draft_id, version)
        ledger.change(Deed.REOPEN, TEXT, list(_accepted(ledger.connection, row).values()), UNDECIDED)
        ledger.note(Deed.DRAFT, DRAFT, draft_id, dict(row), None)
        ledger.connection.execute(DRAFTS.delete().where(DRAFTS.c.id == draft_id))
    return ledger.decided(draft=draft_id)


def read_draft(database: ReviewDatabase, draft_id: int) -> StoredDraft:
    """Returns a draft. Raises DecisionError where there is none."""
    with database.begin() as connection:
        row = connection.execute(select(DRAFTS).where(DRAFTS.c.id == draft_id)).mappings().first()
    if row is None:
        raise DecisionError(f"there is no draft {draft_id}: it was given up, or never made")
    return stored(row)


def drafts(database: ReviewDatabase, state: str = OPEN) -> list[StoredDraft]:
    """Returns the drafts in a state, in the order of their names."""
    with database.begin() as connection:
        found = connection.execute(select(DRAFTS).where(DRAFTS.c.state == state).order_by(DRAFTS.c.name))
        return [stored(row) for row in found.mappings()]


def stored(row: Mapping[str, Any]) -> StoredDraft:
    """Returns a row of the drafts with its content read."""
    draft = Draft.from_data({**row["content"], "name": row["name"]})
    return StoredDraft(row["id"], draft, row["state"], row["made_by"], row["made_at"], row["version"])


def _lock_open(connection: Connection, draft_id: int, version: int) -> Row:
    row = lock_seen(connection, DRAFT, {draft_id: version})[0]
    if row["state"] != OPEN:
        raise DecisionError(f"the draft '{row['name']}' is in the project's files: undo its landing first")
    return row


def _accepted(connection: Connection, row: Row) -> dict[int, Row]:
    chosen = select(TEXTS.c.id).where(
        TEXTS.c.intent == Draft(row["name"]).intent, TEXTS.c.state == State.LABELLED.value
    )
    return lock(connection, TEXT, list(connection.execute(chosen).scalars()))


def _check_name(connection: Connection, settings: Settings, draft: Draft, but: int = 0) -> None:
    fault = name_fault(settings, draft.name, names_taken(connection, but))
    if fault:
        raise DecisionError(f"the name '{draft.name}' {fault}")
