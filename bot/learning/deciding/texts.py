"""Decisions on texts: one, many, or all of a group at once. Each is one batch, and all of it is done or nothing."""

from __future__ import annotations

from typing import Optional

from bot.learning.database import ReviewDatabase
from bot.learning.deciding.decided import Decided, Seen
from bot.settings import Settings

OUT_OF_SCOPE = "out_of_scope"


def label(
    database: ReviewDatabase, settings: Settings, seen: Seen, intent: str, who: str, use: Optional[str] = None
) -> Decided:
    """Accepts texts into an intent of the domain (`out_of_scope` is one), or into that of an open draft.

    `use` is "train" or "golden" where the reviewer wants it so, None to leave it to the landing.

    Raises StaleDecisionError where somebody else decided in between; DecisionError where there is no such intent, or a text
    was learned already or can't be taught (too long, or nothing left of it in YAML).
    """
    raise NotImplementedError


def ignore(database: ReviewDatabase, seen: Seen, who: str) -> Decided:
    """Ignores texts: neither they nor what is nearly the same come back. Raises StaleDecisionError, DecisionError."""
    raise NotImplementedError


def skip(database: ReviewDatabase, seen: Seen, who: str) -> Decided:
    """Leaves texts for somebody who knows more. Raises StaleDecisionError, DecisionError."""
    raise NotImplementedError


def reopen(database: ReviewDatabase, seen: Seen, who: str) -> Decided:
    """Makes texts as undecided as when they came in. Raises StaleDecisionError, DecisionError."""
    raise NotImplementedError


def seen_in_group(database: ReviewDatabase, group: int) -> dict[int, int]:
    """Returns the undecided texts of a group with their versions now, for a decision on the whole group."""
    raise NotImplementedError
