"""What was done, newest first, and what can be known of one text."""

from __future__ import annotations

from typing import Any, Optional

from bot.learning.database import ReviewDatabase
from bot.learning.deciding.decided import Batch


def batches(database: ReviewDatabase, limit: int = 50, before: Optional[str] = None) -> list[Batch]:
    """Returns what was done at once, newest first; with `before`, what was done before that batch."""
    raise NotImplementedError


def history_of(database: ReviewDatabase, text: int) -> list[dict[str, Any]]:
    """Returns everything that was done to a text, oldest first: batch, at, who, kind, before, after, undone_by."""
    raise NotImplementedError
