"""Candidates: trained models that nobody is served by yet, in models/candidates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from bot.settings import Settings

FOLDER = "candidates"


@dataclass(frozen=True)
class Candidate:
    """A trained model. `batches` are the batches of lessons that were landed when it was trained."""

    file: Path
    sha256: str
    trained_from: str
    trained_at: str
    batches: tuple[str, ...]

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name


def train_candidate(settings: Settings) -> Candidate:
    """Trains a candidate from the project as it is, beside the serving model, which goes on.

    Raises TrainingDataError where the data have problems, ModelError where training fails.
    """
    raise NotImplementedError


def candidates(settings: Settings) -> list[Candidate]:
    """Returns all candidates, the newest first."""
    raise NotImplementedError


def find_candidate(settings: Settings, name: Optional[str] = None) -> Candidate:
    """Returns a candidate by its name or path, without one the newest. Raises PromotionError where there is none."""
    raise NotImplementedError
