"""How long things take, by the rule table: the review, and the way of the money."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Optional

from actions.consult.as_of import AsOf
from actions.consult.conditions import Conditions
from actions.consult.costs import figure, in_force
from actions.consult.working_days import Reckoned, after, latest_start
from actions.rule_table.model import Row
from actions.rule_table.table import RuleTable

# The values that name a span, in pairs of its shortest and its longest.
NAMES = (("review", "review"), ("shortest", "longest"), ("cycle", "cycle"))


@dataclass(frozen=True)
class Span:
    """So many working days at least and at most, by one row; `names` are those of its values."""

    least: int
    most: int
    row: Row
    names: tuple[str, str]

    def ends(self, start: datetime.date) -> tuple[Reckoned, Reckoned]:
        """Returns the first and the last day on which it may end."""
        return after(start, self.least), after(start, self.most)

    def starts(self, deadline: datetime.date) -> tuple[Reckoned, Reckoned]:
        """Returns the last working day that is early enough in any case, and the last that may be."""
        return latest_start(deadline, self.most), latest_start(deadline, self.least)


def span_of(table: RuleTable, topic: str, as_of: AsOf, conditions: Conditions = Conditions()) -> Optional[Span]:
    """Returns the span that a topic's row names at a time, None where it names none."""
    row = in_force(table, topic, as_of, conditions)
    names = next((pair for pair in NAMES if set(pair) <= set(row.values)), None)
    if names is None:
        return None
    least, most = (int(figure(row, name)) for name in names)
    return Span(least, most, row, names)


def review(table: RuleTable, as_of: AsOf) -> Optional[Span]:
    """Returns how long the verification review takes."""
    return span_of(table, "verification_duration", as_of)


def settlement(table: RuleTable, as_of: AsOf, conditions: Conditions = Conditions()) -> Optional[Span]:
    """Returns how long WeChat Pay's money takes."""
    return span_of(table, "pay_settlement", as_of, conditions)
