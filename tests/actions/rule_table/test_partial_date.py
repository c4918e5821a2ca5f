"""Dates as precise as their source."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.rule_table.partial_date import PartialDate


@pytest.mark.parametrize(
    ("written", "first_day", "precision"),
    [
        ("2014", (2014, 1, 1), "year"),
        ("2015-Q1", (2015, 1, 1), "quarter"),
        ("2015-Q2", (2015, 4, 1), "quarter"),
        ("2015-Q4", (2015, 10, 1), "quarter"),
        ("2014-09", (2014, 9, 1), "month"),
        ("2014-09-13", (2014, 9, 13), "day"),
        ("2016-02-29", (2016, 2, 29), "day"),
    ],
)
def test_four_forms(written: str, first_day: tuple[int, int, int], precision: str) -> None:
    date = PartialDate.parse(written)
    assert (date.first_day, date.precision, str(date)) == (datetime.date(*first_day), precision, written)


@pytest.mark.parametrize("given_value", [2014, datetime.date(2014, 9, 13)])
def test_what_yaml_makes_of_a_date(given_value: object) -> None:
    assert PartialDate.parse(given_value) == PartialDate(str(given_value))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "14",
        "20145",
        "2014-9",
        "2014-13",
        "2014-00",
        "2015-Q0",
        "2015-Q5",
        "2015-02-29",
        "2014-09-31",
        "2014-09-1",
        "2014-09-13T00:00",
        " 2014",
        "2014\n",
        "soon",
        "２０１４-09-1x",
        "0000",
    ],
)
def test_anything_else_is_refused_with_the_forms(written: str) -> None:
    with pytest.raises(ValueError, match="is no date: write 2014, 2015-Q1, 2014-09 or 2014-09-13"):
        PartialDate.parse(written)


@given(st.dates(datetime.date(1000, 1, 1)))
def test_every_day_there_is(day: datetime.date) -> None:
    date = PartialDate.parse(day.isoformat())
    assert date.first_day == day
    assert PartialDate.parse(day.isoformat()[:7]).first_day == day.replace(day=1)


@given(st.text(max_size=12))
def test_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return
    assert date.first_day.year >= 1
    assert date.precision in ("year", "quarter", "month", "day")
