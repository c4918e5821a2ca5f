"""What a process that was killed while it landed has left behind."""

from __future__ import annotations

from typing import Optional

from bot.learning.database import ReviewDatabase
from bot.settings import Settings


def recover(settings: Settings, database: Optional[ReviewDatabase] = None) -> Optional[str]:
    """Finishes a landing that was cut off after it was decided, drops one that was cut off before. Costs a look.

    Opens the review database only where there is something to recover. Returns the batch that was finished, None where
    nothing was. Called at the start of every command or page that lands, checks or trains.
    """
    raise NotImplementedError


def rewrite(settings: Settings) -> list[str]:
    """Writes the learned files anew from the lessons. Returns the files that differed; each is kept as `NAME.edited`.

    Raises LessonsError, LandingBusyError.
    """
    raise NotImplementedError
