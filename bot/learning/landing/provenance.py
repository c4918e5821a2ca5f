"""Where a lesson comes from: message, person, reason, model; and which lessons a text has become."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional

from bot.learning.database import ReviewDatabase
from bot.learning.landing.lesson import Lesson
from bot.settings import Settings


@dataclass(frozen=True)
class Provenance:
    """Everything known of a text or lesson.

    `text` is the row of review_texts, `messages` those of review_messages, oldest first (none where they were deleted
    by now), `actions` what was done to it, `place` where the lesson stands in a learned file ("data/nlu/learned.yml:9").
    `model` is the first model that learned it, as far as promotions are recorded.
    """

    lesson: Optional[Lesson]
    text: Optional[Mapping[str, Any]]
    messages: tuple[Mapping[str, Any], ...]
    actions: tuple[Mapping[str, Any], ...]
    place: str
    model: str


def provenance(database: ReviewDatabase, settings: Settings, which: str) -> Provenance:
    """Returns where something comes from: by a lesson's id, a text's id ("123" or "text-123"), or its words.

    Raises LandingError where nothing is known by that name.
    """
    raise NotImplementedError
