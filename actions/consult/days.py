"""Days as people name them, reckoned from today: `bot/nlu/dates.py` describes the forms."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Callable, Iterable, Iterator

_OFFSET = re.compile(r"D([+-]\d{1,4})")
_WEEK = re.compile(r"W([+-]\d{1,2})-([1-7])")
_COMING = re.compile(r"N-([1-7])")
_MONTH = re.compile(r"M([+-]\d{1,2})-(\d{2}|end)")
_YEAR = re.compile(r"Y([+-]\d)-(?:(\d{2})-(\d{2})|end)")
_YEARLESS = re.compile(r"--(\d{2})-(\d{2})")
_MONTHLESS = re.compile(r"---(\d{2})")

# A day without a year is looked for in these, from today's on: 29 February may be eight years away.
YEARS = range(-4, 9)


class NoSuchDayError(ValueError):
    """The day that was named does not exist, such as 30 February."""


@dataclass(frozen=True)
class Day:
    """A day as it was named; `deadline` is whether something has to be done by it."""

    value: str
    deadline: bool = False

    def on(self, today: datetime.date) -> datetime.date:
        """Returns the date. Raises NoSuchDayError where there is none.

        A day without a year is the one nearest to today, and for a deadline the next one.
        """
        try:
            return _date(self.value, today, self.deadline)
        except (ValueError, OverflowError) as error:
            raise NoSuchDayError(self.value) from error


def _date(value: str, today: datetime.date, ahead: bool) -> datetime.date:
    if match := _OFFSET.fullmatch(value):
        return today + datetime.timedelta(days=int(match[1]))
    if match := _WEEK.fullmatch(value):
        monday = today - datetime.timedelta(days=today.weekday())
        return monday + datetime.timedelta(weeks=int(match[1]), days=int(match[2]) - 1)
    if match := _COMING.fullmatch(value):
        return today + datetime.timedelta(days=(int(match[1]) - 1 - today.weekday()) % 7)
    if match := _MONTH.fullmatch(value):
        return _in_month(today, int(match[1]), match[2])
    if match := _YEAR.fullmatch(value):
        year = today.year + int(match[1])
        return datetime.date(year, int(match[2]), int(match[3])) if match[2] else datetime.date(year, 12, 31)
    if match := _MONTHLESS.fullmatch(value):
        day_of_month = match[1]
        return _nearest(list(_real(lambda more: _in_month(today, more, day_of_month), range(-1, 3))), today, ahead)
    if match := _YEARLESS.fullmatch(value):
        month, day = int(match[1]), int(match[2])
        return _nearest(list(_real(lambda more: datetime.date(today.year + more, month, day), YEARS)), today, ahead)
    return datetime.date.fromisoformat(value)


def _in_month(today: datetime.date, months: int, day: str) -> datetime.date:
    month = today.month - 1 + months
    year, month = today.year + month // 12, month % 12 + 1
    return datetime.date(year, month, calendar.monthrange(year, month)[1] if day == "end" else int(day))


def _real(make: Callable[[int], datetime.date], numbers: Iterable[int]) -> Iterator[datetime.date]:
    for number in numbers:
        try:
            yield make(number)
        except ValueError:
            continue


def _nearest(days: list[datetime.date], today: datetime.date, ahead: bool) -> datetime.date:
    if ahead:
        return min(day for day in days if day >= today)
    return min(days, key=lambda day: (abs(day - today), day < today))
