"""What was done, as the pages tell of it."""

from __future__ import annotations

from typing import Optional, Sequence

from bot.learning.deciding import Batch, Other, batches
from bot.learning.states import Deed
from bot.review.visit import Visit

LOOKED_THROUGH = 50


def last_of(visit: Visit) -> Optional[Batch]:
    """Returns the last decision of this reviewer that was not taken back: what the key for undoing undoes."""
    for batch in batches(visit.desk.database, LOOKED_THROUGH):
        if batch.who == visit.who and batch.undone_by is None and batch.kind in DECISIONS:
            return batch
    return None


# What is undone by a key. A landing is taken back where its page says what that does.
DECISIONS = {
    each.value
    for each in (
        *(Deed.LABEL, Deed.IGNORE, Deed.SKIP, Deed.REOPEN, Deed.REDACT),
        *(Deed.MOVE, Deed.SPLIT, Deed.MERGE, Deed.RENAME, Deed.DRAFT),
    )
}


def told(visit: Visit, others: Sequence[Other]) -> list[str]:
    """Returns a line for each thing that somebody else changed: who did what, and when."""
    return [_told(visit, other) for other in others]


def _told(visit: Visit, other: Other) -> str:
    if not other.who:
        return visit.say["gone_meanwhile"]
    after = other.after or {}
    intent = visit.title(str(after.get("intent") or ""))
    did = visit.say[f"deed_{other.kind.replace(' ', '_')}"]
    return visit.say["did_meanwhile"].format(who=other.who, did=did, intent=f" ({intent})" if intent else "")
