"""Working days against the State Council's published calendars, across the year's end and the spring festival."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.consult.working_days import after, is_working_day, latest_start

Date = datetime.date


@pytest.mark.parametrize(
    ("day", "works"),
    [
        # The notice for 2026: spring festival from 15 to 23 February, worked on 14 and 28 February.
        (Date(2026, 2, 14), True),
        (Date(2026, 2, 15), False),
        (Date(2026, 2, 23), False),
        (Date(2026, 2, 24), True),
        (Date(2026, 2, 28), True),
        # National Day from 1 to 7 October, worked on 20 September and 10 October.
        (Date(2026, 9, 20), True),
        (Date(2026, 10, 7), False),
        (Date(2026, 10, 10), True),
        (Date(2026, 1, 4), True),
        # Labour Day of 2019, which was prolonged by a second notice.
        (Date(2019, 5, 3), False),
        (Date(2019, 5, 5), True),
        # Not announced yet: weekdays.
        (Date(2031, 10, 1), True),
        (Date(2031, 10, 4), False),
    ],
)
def test_whether_people_work(day: Date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("start", "count", "end", "estimated"),
    [
        (Date(2026, 11, 20), 15, Date(2026, 12, 11), ()),
        (Date(2026, 11, 21), 15, Date(2026, 12, 11), ()),
        (Date(2026, 2, 10), 15, Date(2026, 3, 9), ()),
        (Date(2026, 9, 30), 1, Date(2026, 10, 8), ()),
        (Date(2025, 12, 31), 1, Date(2026, 1, 4), ()),
        (Date(2026, 12, 18), 15, Date(2027, 1, 8), (2027,)),
        (Date(2026, 11, 20), 0, Date(2026, 11, 20), ()),
    ],
)
def test_counting_on(start: Date, count: int, end: Date, estimated: tuple[int, ...]) -> None:
    reckoned = after(start, count)
    assert (reckoned.day, reckoned.estimated) == (end, estimated)


def test_counting_back() -> None:
    assert latest_start(Date(2026, 12, 18), 15).day == Date(2026, 11, 27)
    assert latest_start(Date(2026, 12, 19), 15).day == Date(2026, 11, 27)


DAYS = st.dates(Date(2010, 1, 1), Date(2030, 12, 31))


@given(DAYS, st.integers(0, 60), st.integers(0, 400))
def test_a_later_start_never_ends_earlier(day: Date, count: int, later: int) -> None:
    assert after(day, count).day <= after(day + datetime.timedelta(days=later), count).day


@given(DAYS, st.integers(1, 60))
def test_the_latest_start_is_in_time_and_the_day_after_is_not(deadline: Date, count: int) -> None:
    start = latest_start(deadline, count).day
    assert is_working_day(start)
    assert after(start, count).day <= deadline
    following = after(start, 1).day
    assert after(following, count).day > deadline
