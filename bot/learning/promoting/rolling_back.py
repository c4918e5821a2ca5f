"""Rolling the model back where what it learned is taken back."""

from __future__ import annotations

from typing import Sequence

from bot.learning.landing import Lesson, RollBack
from bot.learning.promoting.history import last_without
from bot.learning.promoting.promotion import roll_back
from bot.settings import Settings


def roll_back_model(settings: Settings) -> RollBack:
    """Returns what undoing calls: the newest model that learned nothing of what is taken out serves again."""

    def rolled_back(lessons: Sequence[Lesson], who: str, why: str) -> bool:
        found = last_without(settings.models, *{lesson.batch for lesson in lessons})
        if found is None:
            return False
        roll_back(settings, found.model, who, why)
        return True

    return rolled_back
