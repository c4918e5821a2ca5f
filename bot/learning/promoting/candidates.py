"""Candidates: trained models that nobody is served by yet, in models/candidates."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from bot.learning.promoting.clock import now
from bot.learning.promoting.errors import PromotionError
from bot.learning.promoting.serving import sha256_of, write_durably
from bot.models import train_model
from bot.settings import Settings

FOLDER = "candidates"
LESSONS = Path("data/learned/lessons.jsonl")
TRAIN_ONE = "train one with 'wenhao train --candidate'"


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

    Raises LessonsError where the file of lessons can't be read, TrainingDataError where the data have problems,
    ModelError where training fails.
    """
    # Brings what takes seconds to import, which help and doctor do without.
    from bot.learning.landing.lesson import read_lessons

    read_lessons(settings.project)
    batches = landed_batches(settings)
    model = train_model(settings, folder=settings.models / FOLDER)
    candidate = Candidate(model.file, sha256_of(model.file), model.trained_from or "", now(), batches)
    beside = {
        "sha256": candidate.sha256,
        "trained_from": candidate.trained_from,
        "trained_at": candidate.trained_at,
        "batches": list(batches),
    }
    write_durably(told_beside(model.file), json.dumps(beside, indent=2) + "\n")
    return candidate


def candidates(settings: Settings) -> list[Candidate]:
    """Returns all candidates, the newest first."""
    found = [_candidate(file) for file in (settings.models / FOLDER).glob("*.tar.gz")]
    return sorted((each for each in found if each), key=lambda each: each.trained_at, reverse=True)


def find_candidate(settings: Settings, name: Optional[str] = None) -> Candidate:
    """Returns a candidate by its name or path, without one the newest. Raises PromotionError where there is none."""
    there = candidates(settings)
    if name is None:
        if not there:
            raise PromotionError(f"there is no candidate: {TRAIN_ONE}")
        return there[0]
    wanted = Path(name).name.removesuffix(".tar.gz")
    for each in there:
        if each.name.removesuffix(".tar.gz") == wanted:
            return each
    names = ", ".join(each.name for each in there) or "none"
    raise PromotionError(f"there is no candidate {name} (there: {names}): {TRAIN_ONE}")


def landed_batches(settings: Settings) -> tuple[str, ...]:
    """Returns the batches of the lessons that stand in the project, in the order in which they landed."""
    try:
        lines = (settings.project / LESSONS).read_text(encoding="utf-8").split("\n")
    except OSError:
        return ()
    return tuple(dict.fromkeys(str(lesson["batch"]) for line in lines if "batch" in (lesson := _object(line))))


def told_beside(file: Path) -> Path:
    """Returns the file beside a candidate that tells what it was trained from."""
    return file.with_name(f"{file.name.removesuffix('.tar.gz')}.json")


def _candidate(file: Path) -> Optional[Candidate]:
    """Returns a candidate, or None where its training was cut off before it was told beside it."""
    try:
        told = json.loads(told_beside(file).read_text(encoding="utf-8"))
        return Candidate(file, told["sha256"], told["trained_from"], told["trained_at"], tuple(told["batches"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _object(line: str) -> dict[str, Any]:
    try:
        content = json.loads(line)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
