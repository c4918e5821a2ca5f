"""Decisions on groups: what belongs together, and what it is called. Groups so touched are left by grouping anew."""

from __future__ import annotations

from typing import Mapping, Optional

from bot.learning.database import ReviewDatabase
from bot.learning.deciding.decided import Decided, Seen


def move(database: ReviewDatabase, seen: Seen, group: Optional[int], who: str) -> Decided:
    """Puts texts into another group of their language, or (None) into no group.

    Raises StaleDecisionError; DecisionError where there is no such group, or it is of another language.
    """
    raise NotImplementedError


def split(database: ReviewDatabase, seen: Seen, name: str, who: str) -> Decided:
    """Puts texts of one language into a new group of this name. Raises StaleDecisionError, DecisionError."""
    raise NotImplementedError


def merge(database: ReviewDatabase, groups: Mapping[int, int], into: int, who: str) -> Decided:
    """Makes groups of one language one. `groups` are their ids and versions as seen, `into` (one of them) stays.

    Raises StaleDecisionError; DecisionError where they are not all of one language.
    """
    raise NotImplementedError


def rename(database: ReviewDatabase, group: int, version: int, name: str, who: str) -> Decided:
    """Gives a group another name. Raises StaleDecisionError; DecisionError where the name is empty or too long."""
    raise NotImplementedError
