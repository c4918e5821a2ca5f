"""The check before training: everything that is wrong or doubtful, each with its place, blocking or a warning."""

from __future__ import annotations

from dataclasses import dataclass

from bot.learning.database import ReviewDatabase
from bot.settings import Settings


@dataclass(frozen=True)
class Note:
    """Something wrong or doubtful: of which kind, where it stands (file:line, or "text 12"), and what to do."""

    kind: str
    place: str
    message: str
    blocks: bool


@dataclass(frozen=True)
class Check:
    """What was found, the blocking first."""

    notes: tuple[Note, ...]

    @property
    def blocks(self) -> bool:
        """Whether nothing should be trained before it is mended."""
        return any(note.blocks for note in self.notes)


def check_lessons(database: ReviewDatabase, settings: Settings, planned: bool = True) -> Check:
    """Checks the training data as they are, or (`planned`) as they would be after a landing now. Takes some seconds.

    Raises LessonsError, FilesChangedError.
    """
    raise NotImplementedError
