"""Taking back what was done: decisions, landings, and undoing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Collection, Mapping, Optional, Sequence

from bot.learning.database import ReviewDatabase
from bot.learning.landing.landing import Landing
from bot.learning.landing.lesson import Lesson
from bot.settings import Settings

RollBack = Callable[[Sequence[Lesson], str, str], bool]
"""Called with the lessons taken out, who and why, after the files changed; returns whether a model was rolled back."""


@dataclass(frozen=True)
class Undone:
    """What was taken back. `batch` is the undoing: undo that to have everything again. `texts` have their new versions.

    `model_has_them`: a promoted model has learned what was taken out, and was not rolled back: `wenhao rollback`, or
    train and promote anew. `rolled_back`: it was rolled back in the same call.
    """

    batch: str
    texts: Mapping[int, int]
    taken_out: tuple[Lesson, ...]
    put_back: tuple[Lesson, ...]
    model_has_them: bool = False
    rolled_back: bool = False


def undo(
    database: ReviewDatabase,
    settings: Settings,
    batch: str,
    who: str,
    why: str = "",
    roll_back: Optional[RollBack] = None,
) -> Undone:
    """Takes a batch back: a decision, a landing, or an undoing. Lessons of what was landed leave the files as well.

    Raises StaleDecisionError where something was decided later about the same texts (undo that first), DecisionError
    where there is no such batch or it was undone already, and what `land` raises.
    """
    raise NotImplementedError


def unlearn(
    database: ReviewDatabase, settings: Settings, text_ids: Collection[int], who: str, why: str = ""
) -> Landing:
    """Lands without the lessons of some texts: what erasing a person needs. Nothing of their words stays in any file,
    and none in the database's record of what was done to these texts. This can't be undone.

    Raises what `land` raises.
    """
    raise NotImplementedError
