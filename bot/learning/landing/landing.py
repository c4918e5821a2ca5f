"""From decisions to the project's files, all in one transaction, and what would land."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Collection, Optional

from bot.learning.database import ReviewDatabase
from bot.learning.landing.errors import Block
from bot.learning.landing.lesson import Lesson
from bot.settings import Settings


@dataclass(frozen=True)
class Known:
    """A text that needs no lesson: it stands in the training data under its intent already, at `place`."""

    text_id: int
    text: str
    intent: str
    place: str


@dataclass(frozen=True)
class Landing:
    """What landed, or would land. `batch` is empty for what only would.

    `blocks` are the reasons why nothing can land (of a landing that was done, none), `warnings` what should be looked
    at. `topics` are the new topics.
    """

    batch: str
    lessons: tuple[Lesson, ...]
    known: tuple[Known, ...]
    topics: tuple[str, ...]
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...]

    @property
    def examples(self) -> int:
        """How many lessons are to train on."""
        return sum(lesson.kind == "example" for lesson in self.lessons)

    @property
    def golden(self) -> int:
        """How many lessons are to measure on."""
        return sum(lesson.kind == "golden" for lesson in self.lessons)


def plan(database: ReviewDatabase, settings: Settings, intents: Optional[Collection[str]] = None) -> Landing:
    """Returns what `land` would do now, without doing it: `blocks` says what is in its way. Takes some seconds.

    Raises LessonsError, FilesChangedError.
    """
    raise NotImplementedError


def land(
    database: ReviewDatabase,
    settings: Settings,
    who: str,
    why: str = "",
    intents: Optional[Collection[str]] = None,
) -> Landing:
    """Lands every text that was accepted and not yet landed, with the drafts of its intents; only `intents`, if given.

    Files and database change together or not at all, also where the process is killed. Takes some seconds. A landing of
    nothing has no lessons and an empty batch, and changes nothing.

    Raises LandingBlockedError, FilesChangedError, LessonsError, LandingBusyError, ReviewDatabaseError.
    """
    raise NotImplementedError
