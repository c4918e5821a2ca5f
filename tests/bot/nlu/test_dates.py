"""Days as people name them, and those that there are not."""

from __future__ import annotations

from typing import Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.dates import find_days
from bot.nlu.text import normalise


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("if we apply today", "D+0"),
        ("后天提交", "D+2"),
        ("next Friday", "W+1-5"),
        ("Wednesday next week", "W+1-3"),
        ("on Monday", "N-1"),
        ("下周三", "W+1-3"),
        ("下下周一", "W+2-1"),
        ("這週五", "W+0-5"),
        ("上周日", "W-1-7"),
        ("11月23号", "--11-23"),
        ("十二月十八号", "--12-18"),
        ("18 December", "--12-18"),
        ("December 18th, 2026", "2026-12-18"),
        ("the 3rd of March 2026", "2026-03-03"),
        ("2026-12-18", "2026-12-18"),
        ("2026/12/18", "2026-12-18"),
        ("2026年12月18日", "2026-12-18"),
        ("18/12/2026", "2026-12-18"),
        ("12/18/2026", "2026-12-18"),
        ("明年1月5号", "Y+1-01-05"),
        ("下个月5号", "M+1-05"),
        ("23号成交", "---23"),
        ("on the 23rd", "---23"),
        ("in three days", "D+3"),
        ("两周后", "D+14"),
        ("月底", "M+0-end"),
        ("30 February", None),
        ("2月30号", None),
        ("2026-02-29", None),
        ("13月5号", None),
        ("31 November 2026", None),
    ],
)
def test_a_day_is_read(text: str, value: Optional[str]) -> None:
    assert [day.value for day in find_days(normalise(text))] == [value]


@pytest.mark.parametrize("text", ["under today's rules", "may we", "T+7", "一号店", "第3号", "march on", "11.23"])
def test_no_day_is_named(text: str) -> None:
    assert find_days(normalise(text)) == []


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("verified by 18 December", True),
        ("before the 5th of May", True),
        ("no later than 2026-12-18", True),
        ("12月18日之前", True),
        ("周五前", True),
        ("最晚12月18日", True),
        ("apply on 18 December", False),
        ("12月18日提交", False),
    ],
)
def test_what_has_to_be_done_by_a_day(text: str, deadline: bool) -> None:
    assert [day.deadline for day in find_days(normalise(text))] == [deadline]


@given(st.dates())
def test_every_date_is_read_in_its_plain_forms(day: object) -> None:
    iso = str(day)
    if "1900" <= iso < "2100":
        assert [found.value for found in find_days(iso)] == [iso]


@given(st.text(alphabet="年月日号周下上这一二三十0123456789-/. 天前后底nextfrimo", max_size=20))
def test_no_text_is_too_strange(text: str) -> None:
    find_days(normalise(text))
