"""Champion against challenger: the same messages, the same code, what people get."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

from bot.learning.promoting.candidates import Candidate
from bot.learning.promoting.comparison import Comparison
from bot.settings import Settings


@dataclass(frozen=True)
class Options:
    """How a comparison is made: the days and the most distinct texts of the replay; whether to cross-validate.

    `language` is that of the report's page: en or zh.
    """

    days: int = 28
    most: int = 1000
    cross_validate: bool = False
    language: str = "en"


def compare(
    settings: Settings,
    candidate: Optional[Candidate] = None,
    options: Options = Options(),
    told: Callable[[str], None] = lambda doing: None,
) -> Comparison:
    """Compares a candidate (without one the newest) with the model that serves, and writes report and compare.json.

    `told` hears what is being done. Raises PromotionError where there is no candidate or nothing to compare it with,
    ModelError where one of the two can't be loaded.
    """
    raise NotImplementedError


def report_folder(settings: Settings, candidate: Candidate) -> Path:
    """Returns where the comparison of a candidate stands: index.html, index.zh.html and compare.json."""
    raise NotImplementedError


def read_comparison(settings: Settings, candidate: Candidate) -> Optional[Comparison]:
    """Returns the last comparison of a candidate, or None where there is none that can be read."""
    raise NotImplementedError


def why_outdated(settings: Settings, candidate: Candidate, comparison: Comparison) -> list[str]:
    """Returns what changed since a comparison, so that it no longer holds: words.yml has a sentence for each."""
    raise NotImplementedError
