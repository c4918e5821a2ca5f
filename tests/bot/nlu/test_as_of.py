"""The date of an "as of" in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.as_of import find_as_of
from bot.nlu.text import normalise


def date_in(text: str) -> str | None:
    found = find_as_of(normalise(text))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("What did it cost as of 2014?", "2014"),
        ("as of March 2014", "2014-03"),
        ("as of 13 September 2014", "2014-09-13"),
        ("as of September 13, 2014", "2014-09-13"),
        ("as of Sept. 2014", "2014-09"),
        ("as of 2014-03", "2014-03"),
        ("as of 2014/3/5", "2014-03-05"),
        ("under the 2016 rules", "2016"),
        ("under 2016's rules", "2016"),
        ("according to the 2018 policy", "2018"),
        ("the rules of March 2014", "2014-03"),
        ("the policy in 2019", "2019"),
        ("截至2014年3月", "2014-03"),
        ("截至２０１４年", "2014"),
        ("按2014年的规定", "2014"),
        ("按照2014年9月13日的规定", "2014-09-13"),
        ("根據2018年的政策", "2018"),
    ],
)
def test_the_rules_of_a_time(text: str, date: str) -> None:
    assert date_in(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "We were paid on 3 March 2026",
        "we opened our account in 2014",
        "2014年我们注册了订阅号",
        "since 2018 we have a service account",
        "now we want to open one",
        "我们现在想开一个号",
        "the account has 2014 followers and rules",
        "as of now",
        "as of 1999",
        "as of 20145",
        "rules",
        "",
    ],
)
def test_the_date_of_an_event_is_none(text: str) -> None:
    assert date_in(text) is None


def test_places() -> None:
    text = "the fee as of march 2014, please"
    date, start, end = find_as_of(text) or ("", 0, 0)
    assert (date, text[start:end]) == ("2014-03", "as of march 2014")


@pytest.mark.parametrize(
    "text",
    [
        "as of 30 February 2014",
        "under the marketing 2014 rules",
        "by decent 2014 rules",
    ],
)
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    assert date_in(text) in (None, "2014", "2014-02")


@pytest.mark.parametrize("text", ["as of 2014-02-30", "as of 2014-9-40", "截至2014年2月30日"])
def test_a_day_that_no_month_has(text: str) -> None:
    assert date_in(text) in (None, "2014", "2014-02", "2014-09")


@given(st.text(alphabet="as of jnfebmrypulgtcvd 0123456789-/年月日按的规定rules", max_size=40))
def test_whatever_is_found_is_a_date_in_form(text: str) -> None:
    try:
        found = find_as_of(normalise(text))
    except ValueError:
        return
    if found:
        date, start, end = found
        assert date[:2] == "20"
        assert len(date) in (4, 7, 10)
        assert 0 <= start < end <= len(normalise(text))
