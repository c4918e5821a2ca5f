"""Promoting a candidate, and rolling back: the pointer is moved, and running servers follow it."""

from __future__ import annotations

from typing import Optional

from bot.learning.promoting.candidates import Candidate
from bot.learning.promoting.history import Record
from bot.settings import Settings


def promote(
    settings: Settings, candidate: Optional[Candidate] = None, by: str = "", force: bool = False, reason: str = ""
) -> Record:
    """Makes a candidate (without one the newest) the serving model, and returns what the history says of it.

    Raises PromotionError, with its reasons, where the comparison is missing, outdated or failed and `force` is not
    set; where `force` is set without a reason; or where another promotion is under way.
    """
    raise NotImplementedError


def roll_back(settings: Settings, to: Optional[str] = None, by: str = "", reason: str = "") -> Record:
    """Makes an earlier model serve again, without a name the one before, with the tuning that it had.

    Raises PromotionError where there is none, or it is no longer there.
    """
    raise NotImplementedError
