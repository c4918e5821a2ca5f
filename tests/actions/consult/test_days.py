"""Days reckoned from today."""

from __future__ import annotations

import datetime

import pytest

from actions.consult.days import Day, NoSuchDayError

# A Saturday.
TODAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-12-18", "2026-12-18"),
        ("D+0", "2026-11-21"),
        ("D-1", "2026-11-20"),
        ("W+1-3", "2026-11-25"),
        ("W-1-5", "2026-11-13"),
        ("N-6", "2026-11-21"),
        ("N-5", "2026-11-27"),
        ("M+0-end", "2026-11-30"),
        ("M+1-05", "2026-12-05"),
        ("Y+1-01-05", "2027-01-05"),
        ("Y+0-end", "2026-12-31"),
        ("--11-23", "2026-11-23"),
        ("--11-20", "2026-11-20"),
        ("--03-03", "2027-03-03"),
        ("--02-29", "2028-02-29"),
        ("---23", "2026-11-23"),
        ("---15", "2026-11-15"),
    ],
)
def test_a_day(value: str, day: str) -> None:
    assert Day(value).on(TODAY).isoformat() == day


def test_a_deadline_lies_ahead() -> None:
    assert Day("--11-20", deadline=True).on(TODAY) == datetime.date(2027, 11, 20)


@pytest.mark.parametrize("value", ["impossible", "2026-02-30", "M+3-30", "D+9999999", "Y+9-02-30"])
def test_no_such_day(value: str) -> None:
    with pytest.raises(NoSuchDayError):
        Day(value).on(TODAY)
