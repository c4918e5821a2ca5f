"""As of when a rule is asked for."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.consult.as_of import AsOf, AsOfError

TODAY = datetime.date(2026, 11, 21)


def day(text: str) -> str:
    return str(AsOf.parse(text, TODAY).day)


def test_guide_is_no_day() -> None:
    as_of = AsOf.parse("guide", TODAY)
    assert as_of.is_guide
    assert as_of.day is None


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("today", "2026-11-21"),
        # A period that is over means its last day; the one we are in means today.
        ("2014", "2014-12-31"),
        ("2026", "2026-11-21"),
        ("2014-02", "2014-02-28"),
        ("2016-02", "2016-02-29"),
        ("2014-12", "2014-12-31"),
        ("2026-11", "2026-11-21"),
        ("2015-Q1", "2015-03-31"),
        ("2015-Q4", "2015-12-31"),
        ("2026-Q4", "2026-11-21"),
        ("2014-09-13", "2014-09-13"),
        # What has not begun yet is taken at its word.
        ("2027", "2027-01-01"),
        ("2026-12", "2026-12-01"),
        ("2030-05-06", "2030-05-06"),
    ],
)
def test_dates(asked: str, meant: str) -> None:
    assert day(asked) == meant
    assert not AsOf.parse(asked, TODAY).is_guide


@pytest.mark.parametrize(
    "text", ["", "now", "Guide", "2014-13", "2014-02-30", "14", "yesterday", "2014-1", "今天", "None"]
)
def test_anything_else_is_refused_with_what_it_may_be(text: str) -> None:
    with pytest.raises(AsOfError, match="write guide, today or a date such as 2026-11-21"):
        AsOf.parse(text, TODAY)


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)), st.sampled_from([4, 7, 10]))
def test_a_period_means_a_day_of_its_own(date: datetime.date, length: int) -> None:
    asked = date.isoformat()[:length]
    meant = AsOf.parse(asked, TODAY).day
    assert meant is not None
    assert meant.isoformat().startswith(asked)
    assert meant <= TODAY or meant.isoformat() == (asked + "-01-01")[:10] or length == 10
