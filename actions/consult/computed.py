"""What a computation starts from, and what comes of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from actions.consult.as_of import AsOf
from actions.consult.circumstances import Circumstances
from actions.consult.conditions import Conditions
from actions.consult.figures import Figures
from actions.rule_table.table import RuleTable
from actions.wording.saying import Speaker


@dataclass(frozen=True)
class Case:
    """What a computation starts from: the figures of a question, what is known of the asker, and the time asked for."""

    table: RuleTable
    speaker: Speaker
    figures: Figures
    told: Circumstances
    conditions: Conditions
    as_of: AsOf
    today: datetime.date

    @property
    def other_time(self) -> AsOf:
        """Today's rules where the guides' are asked for, else the guides'."""
        return AsOf(self.today) if self.as_of.is_guide else AsOf(None)

    @property
    def other_frame(self) -> str:
        """The sentence that says what the other rules would give."""
        return "today_instead" if self.as_of.is_guide else "guide_instead"


@dataclass(frozen=True)
class Computed:
    """What was reckoned: the answer in a sentence or two, what to know of it, and amounts to tap where one is open.

    `asks` is whether it asks back instead of answering.
    """

    lead: str
    notes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    asks: bool = False
