"""What was done, newest first, and what can be known of one text."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence

from sqlalchemy import func, select

from bot.learning.database import ReviewDatabase
from bot.learning.deciding.decided import Batch
from bot.learning.deciding.ledger import TEXT
from bot.learning.schema import ACTIONS
from bot.learning.states import Deed


def batches(database: ReviewDatabase, limit: int = 50, before: Optional[str] = None) -> list[Batch]:
    """Returns what was done at once, newest first; with `before`, what was done before that batch."""
    last = func.max(ACTIONS.c.id)
    chosen = select(ACTIONS.c.batch).group_by(ACTIONS.c.batch).order_by(last.desc()).limit(limit)
    if before is not None:
        first = select(func.min(ACTIONS.c.id)).where(ACTIONS.c.batch == before).scalar_subquery()
        chosen = chosen.having(last < first)
    with database.begin() as connection:
        names = list(connection.execute(chosen).scalars())
        rows = connection.execute(select(ACTIONS).where(ACTIONS.c.batch.in_(names)).order_by(ACTIONS.c.id))
        found: dict[str, list[Mapping[str, Any]]] = {name: [] for name in names}
        for row in rows.mappings():
            found[row["batch"]].append(row)
    return [_batch(found[name]) for name in names]


def _batch(rows: Sequence[Mapping[str, Any]]) -> Batch:
    first = rows[0]
    texts = [row for row in rows if row["what"] == TEXT]
    accepted = {row["after"]["intent"] for row in texts if row["kind"] == Deed.LABEL.value and row["after"]}
    return Batch(
        batch=first["batch"],
        at=first["at"],
        who=first["who"],
        kind=first["kind"],
        texts=len({row["which"] for row in texts}),
        others=len({(row["what"], row["which"]) for row in rows if row["what"] != TEXT}),
        intents=tuple(sorted(intent for intent in accepted if intent)),
        undoes=first["undoes"],
        undone_by=first["undone_by"],
    )


def history_of(database: ReviewDatabase, text: int) -> list[dict[str, Any]]:
    """Returns everything that was done to a text, oldest first: batch, at, who, kind, before, after, undone_by."""
    chosen = select(ACTIONS).where(ACTIONS.c.what == TEXT, ACTIONS.c.which == str(text)).order_by(ACTIONS.c.id)
    wanted = ("batch", "at", "who", "kind", "before", "after", "undoes", "undone_by")
    with database.begin() as connection:
        return [{name: row[name] for name in wanted} for row in connection.execute(chosen).mappings()]
