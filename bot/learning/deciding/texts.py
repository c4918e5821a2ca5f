"""Decisions on texts: one, many, or all of a group at once. Each is one batch, and all of it is done or nothing."""

from __future__ import annotations

import difflib
from typing import Any, Mapping, Optional, Sequence

from sqlalchemy import select

from bot.learning.database import ReviewDatabase
from bot.learning.deciding.decided import Decided, Seen
from bot.learning.deciding.errors import DecisionError
from bot.learning.deciding.ledger import LEARNED, TEXT, Ledger, Row, lock_undecided, open_ledger
from bot.learning.deciding.names import intents
from bot.learning.deciding.teachable import NotTeachableError, teachable
from bot.learning.schema import TEXTS
from bot.learning.states import Deed, State
from bot.settings import Settings

OUT_OF_SCOPE = "out_of_scope"
USES = ("train", "golden")
OPEN = (State.NEW.value, State.SKIPPED.value)
UNDECIDED: dict[str, Any] = {"state": State.NEW.value, "intent": None, "use": None}


def label(
    database: ReviewDatabase, settings: Settings, seen: Seen, intent: str, who: str, use: Optional[str] = None
) -> Decided:
    """Accepts texts into an intent of the domain (`out_of_scope` is one), or into that of an open draft.

    `use` is "train" or "golden" where the reviewer wants it so, None to leave it to the landing.

    Raises StaleDecisionError where somebody else decided in between; DecisionError where there is no such intent, or a
    text was learned already or can't be taught (too long, or without a word).
    """
    known = intents(database, settings)
    if intent not in known:
        close = difflib.get_close_matches(intent, known, n=1)
        raise DecisionError(f"there is no intent '{intent}': {_instead(close)}")
    if use is not None and use not in USES:
        raise DecisionError(f"'{use}' is no use of a text: say {' or '.join(USES)}, or nothing")
    with open_ledger(database, who) as ledger:
        accept(ledger, lock_undecided(ledger.connection, seen), intent, use)
    return ledger.decided()


def _instead(close: Sequence[str]) -> str:
    return f"did you mean '{close[0]}'?" if close else "choose one of the domain, or draft a new one"


def accept(ledger: Ledger, rows: Sequence[Row], intent: str, use: Optional[str] = None) -> None:
    """Accepts locked texts into an intent. Raises DecisionError where one can't be taught."""
    for row in rows:
        try:
            teachable(row["text"])
        except NotTeachableError as error:
            raise DecisionError(f"text {row['id']} {error}: ignore it, or redact it") from error
    ledger.change(Deed.LABEL, TEXT, rows, {"state": State.LABELLED.value, "intent": intent, "use": use})


def ignore(database: ReviewDatabase, seen: Seen, who: str) -> Decided:
    """Ignores texts: neither they nor what is nearly the same come back. Raises StaleDecisionError, DecisionError."""
    return _decide(database, seen, who, Deed.IGNORE, {**UNDECIDED, "state": State.IGNORED.value})


def skip(database: ReviewDatabase, seen: Seen, who: str) -> Decided:
    """Leaves texts for somebody who knows more. Raises StaleDecisionError, DecisionError."""
    return _decide(database, seen, who, Deed.SKIP, {**UNDECIDED, "state": State.SKIPPED.value})


def reopen(database: ReviewDatabase, seen: Seen, who: str) -> Decided:
    """Makes texts as undecided as when they came in. Raises StaleDecisionError, DecisionError."""
    return _decide(database, seen, who, Deed.REOPEN, UNDECIDED)


def _decide(database: ReviewDatabase, seen: Seen, who: str, kind: Deed, values: Mapping[str, Any]) -> Decided:
    with open_ledger(database, who) as ledger:
        ledger.change(kind, TEXT, lock_undecided(ledger.connection, seen), values)
    return ledger.decided()


def seen_in_group(database: ReviewDatabase, group: int) -> dict[int, int]:
    """Returns the undecided texts of a group with their versions now, for a decision on the whole group."""
    chosen = select(TEXTS.c.id, TEXTS.c.version).where(TEXTS.c.group_id == group, TEXTS.c.state.in_(OPEN))
    with database.begin() as connection:
        return {row.id: row.version for row in connection.execute(chosen.order_by(TEXTS.c.id))}


def seen_now(database: ReviewDatabase, ids: Sequence[int]) -> dict[int, int]:
    """Returns texts with their versions now: for a person at a terminal. Raises DecisionError."""
    with database.begin() as connection:
        found = connection.execute(select(TEXTS.c.id, TEXTS.c.version).where(TEXTS.c.id.in_(list(ids))))
        versions = {row.id: row.version for row in found}
    missing = sorted(set(ids) - versions.keys())
    if missing:
        raise DecisionError(f"there is no text {missing[0]}: 'wenhao logs queue' lists them")
    return versions


def is_learned(row: Row) -> bool:
    """Whether a text stands in the training files, or did when it was put there."""
    return row["state"] in LEARNED
