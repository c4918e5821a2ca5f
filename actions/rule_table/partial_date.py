"""Dates as sources give them: a day, a month, a quarter or a year."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any, Callable, Iterator

_FORM = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?")


@dataclass(frozen=True)
class PartialDate:
    """`2014`, `2015-Q1`, `2014-09` or `2014-09-13`."""

    text: str

    @classmethod
    def parse(cls, value: Any) -> PartialDate:
        """Reads a date. Raises ValueError naming the four forms where it is none of them."""
        date = cls(str(value))
        if not date._is_real():
            raise ValueError(f"'{value}' is no date: write 2014, 2015-Q1, 2014-09 or 2014-09-13")
        return date

    def _is_real(self) -> bool:
        try:
            return bool(self.first_day)
        except ValueError:
            return False

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], PartialDate]]:
        yield lambda value: value if isinstance(value, cls) else cls.parse(value)

    @property
    def first_day(self) -> datetime.date:
        """The first day of the day, month, quarter or year."""
        match = _FORM.fullmatch(self.text)
        if not match:
            raise ValueError(self.text)
        quarter = match["quarter"]
        month = 3 * int(quarter) - 2 if quarter else int(match["month"] or 1)
        return datetime.date(int(match["year"]), month, int(match["day"] or 1))

    @property
    def precision(self) -> str:
        """`year`, `quarter`, `month` or `day`."""
        match = _FORM.fullmatch(self.text)
        assert match, self.text
        if match["quarter"]:
            return "quarter"
        return "day" if match["day"] else "month" if match["month"] else "year"

    def __str__(self) -> str:
        return self.text
