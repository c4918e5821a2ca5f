"""From decisions to the project's files and back: all of a landing, or nothing of it.

What was learned stands in data/learned/lessons.jsonl; every other learned file follows from it.
"""

from bot.learning.landing.errors import (
    Block,
    FilesChangedError,
    LandingBlockedError,
    LandingBusyError,
    LandingError,
    LessonsError,
)
from bot.learning.landing.landing import Landing, land, plan
from bot.learning.landing.lesson import Lesson
from bot.learning.landing.planning import Known
from bot.learning.landing.provenance import Provenance, provenance
from bot.learning.landing.recovering import recover, rewrite
from bot.learning.landing.undoing import RollBack, Undone, undo, unlearn

__all__ = [
    "Block",
    "FilesChangedError",
    "Known",
    "Landing",
    "LandingBlockedError",
    "LandingBusyError",
    "LandingError",
    "Lesson",
    "LessonsError",
    "Provenance",
    "RollBack",
    "Undone",
    "land",
    "plan",
    "provenance",
    "recover",
    "rewrite",
    "undo",
    "unlearn",
]
