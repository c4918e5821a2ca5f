"""As of when a rule is asked for: the guides' time, today, or a given day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Callable, Optional

from actions.rule_table.partial_date import PartialDate

Clock = Callable[[], datetime.date]


class AsOfError(ValueError):
    """The time asked for is none of: guide, today, a date."""


@dataclass(frozen=True)
class AsOf:
    """`day` is None for the guides' own time."""

    day: Optional[datetime.date] = None

    @property
    def is_guide(self) -> bool:
        """Whether the guides' rules are asked for, whatever has changed since."""
        return self.day is None

    @classmethod
    def parse(cls, text: str, today: datetime.date) -> AsOf:
        """Reads `guide`, `today` or a date (`2026`, `2014-09`, `2026-11-21`).

        A year or month that has begun means its newest day, so that "as of 2026" is today in 2026.
        Raises AsOfError where it is none of them.
        """
        if text == "guide":
            return cls(None)
        if text == "today":
            return cls(today)
        try:
            date = PartialDate.parse(text)
        except ValueError as error:
            raise AsOfError(f"as_of is '{text}': write guide, today or a date such as 2026-11-21") from error
        return cls(max(date.first_day, min(_last_day(date), today)))


def _last_day(date: PartialDate) -> datetime.date:
    months = {"day": 0, "month": 1, "quarter": 3, "year": 12}[date.precision]
    if not months:
        return date.first_day
    month = date.first_day.month - 1 + months
    following = datetime.date(date.first_day.year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)
