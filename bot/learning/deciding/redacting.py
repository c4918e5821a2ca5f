"""Taking out of a text what should not be kept: a name, an address."""

from __future__ import annotations

from typing import Optional

from bot.learning.database import ReviewDatabase
from bot.learning.deciding.decided import Decided


def redact(
    database: ReviewDatabase, text: int, version: int, start: int, end: int, who: str, word: Optional[str] = None
) -> Decided:
    """Replaces the characters from start to end (excluded) of a text, and the same words in its messages.

    `word` takes their place; without one a plausible surrogate does. Where there is a text already that reads so, the
    two become one, whose id `texts` of the result has.

    Raises StaleDecisionError where somebody else decided in between; DecisionError where the span lies outside the text, is
    empty, leaves no text, or the text was learned already.
    """
    raise NotImplementedError
