"""China's working days: weekends, public holidays and the weekend days worked in their place.

By chinesecalendar, which follows the State Council's yearly notice (https://github.com/LKI/chinese-calendar). A year
whose notice it does not have yet is reckoned with weekends alone, and said to be estimated.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Iterator

import chinese_calendar

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Reckoned:
    """A day counted to. `estimated` are the years on the way whose holidays are not known yet."""

    day: datetime.date
    estimated: tuple[int, ...] = ()


def is_working_day(day: datetime.date) -> bool:
    """Whether people work on a day; in a year not known, on every weekday."""
    if not is_known(day.year):
        return day.weekday() < 5
    return bool(chinese_calendar.is_workday(day))


def is_known(year: int) -> bool:
    """Whether the holidays of a year are known."""
    try:
        chinese_calendar.is_workday(datetime.date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def after(day: datetime.date, count: int) -> Reckoned:
    """Returns the working day that is the given number of them after a day, counted from the next one on.

    Raises OverflowError where the calendar ends before.
    """
    return _counted(day, count, DAY)


def latest_start(deadline: datetime.date, count: int) -> Reckoned:
    """Returns the last working day from which so many working days end by the deadline, that day included."""
    return _counted(deadline + DAY if is_working_day(deadline) else deadline, count + 1, -DAY)


def _counted(day: datetime.date, count: int, step: datetime.timedelta) -> Reckoned:
    passed = list(_passing(day, count, step))
    return Reckoned(passed[-1], tuple(sorted({each.year for each in passed if not is_known(each.year)})))


def _passing(day: datetime.date, count: int, step: datetime.timedelta) -> Iterator[datetime.date]:
    if count == 0:
        yield day
    while count:
        day += step
        count -= is_working_day(day)
        yield day
