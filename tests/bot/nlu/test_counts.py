"""Counts: broadcasts planned and sent, applications, years, accounts."""

from __future__ import annotations

import pytest

from bot.nlu.counts import find_counts
from bot.nlu.text import normalise


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("two a week on a service account", ("frequency", "2", "week")),
        ("服务号一周发两次", ("frequency", "2", "week")),
        ("每天都要发", ("frequency", "1", "day")),
        ("twice weekly", ("frequency", "2", "week")),
        ("every other day", ("frequency", "1/2", "day")),
        ("隔天发", ("frequency", "1/2", "day")),
        ("we have sent 3 this month", ("sent", "3", "month")),
        ("这个月已经发了3次", ("sent", "3", "month")),
        ("本月用掉2次了", ("sent", "2", "month")),
        ("今天发过一条", ("sent", "1", "day")),
        ("we failed twice", ("failed", "2", "")),
        ("被驳回了两次", ("failed", "2", "")),
        ("applied 3 times", ("applications", "3", "")),
        ("第三次才通过", ("applications", "3", "")),
        ("over three years", ("years", "3", "")),
        ("五年一共", ("years", "5", "")),
        ("three service accounts", ("accounts", "3", "")),
        ("三个公众号", ("accounts", "3", "")),
    ],
)
def test_a_count_is_read(text: str, found: tuple[str, str, str]) -> None:
    assert [(count.name, count.value, count.period) for count in find_counts(normalise(text))] == [found]


@pytest.mark.parametrize("text", ["how many broadcasts a month", "2014年", "三次机会", "monthly turnover", "年审"])
def test_nothing_is_counted(text: str) -> None:
    assert find_counts(normalise(text)) == []
