"""Everything that one run measured, from which console and page tell."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Mapping, Optional, Sequence

from bot.evaluation.acts import Act
from bot.evaluation.calibration import Bin, bins, calibration_error
from bot.evaluation.changes import Changes
from bot.evaluation.confusion import Confusion, confusion
from bot.evaluation.figures import Figure, figures
from bot.evaluation.outcomes import Outcome, acts_by_scope


@dataclass(frozen=True)
class Measurement:
    """One run: what was asked of which model, and what came of it.

    `topics` are all topics in the rule table's order, `topic_of` names that of each fact. `changes` is None where there
    is no earlier run.
    """

    model: str
    measured: datetime.datetime
    files: Sequence[str]
    outcomes: Sequence[Outcome]
    topics: Sequence[str]
    topic_of: Mapping[str, str]
    changes: Optional[Changes] = None

    @cached_property
    def figures(self) -> dict[str, list[Figure]]:
        """Shares of right answers, by group."""
        return figures([(outcome.case, outcome.right) for outcome in self.outcomes], self.topic_of)

    @cached_property
    def acts(self) -> dict[str, Counter[Act]]:
        """What the bot did, by group."""
        return acts_by_scope(self.outcomes)

    @cached_property
    def bins(self) -> list[Bin]:
        """Right answers by confidence."""
        return bins([(outcome.confidence, outcome.right) for outcome in self.outcomes])

    @cached_property
    def calibration_error(self) -> float:
        """How far confidence and share of right answers lie apart."""
        return calibration_error(self.bins)

    @cached_property
    def confusion(self) -> Confusion:
        """Expected against answered topics."""
        return confusion(self.outcomes, self.topic_of, self.topics)

    @cached_property
    def misses(self) -> list[Outcome]:
        """What was answered wrongly."""
        return [outcome for outcome in self.outcomes if not outcome.right]
