"""Circumstances from a file: read name by name, a slip told with what is expected."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from actions.consult.circumstances import Circumstances
from actions.plan.circumstances_file import CircumstancesError, read_circumstances
from tests.actions.asking import TABLE


def test_what_is_named_is_read() -> None:
    content = {
        "wishes": ["wechat_pay"],
        "listed": False,
        "capital": 3e6,
        "frequency": "2 a week",
        "start": "2026-12-07",
    }
    told, figures = read_circumstances(TABLE, content)
    assert (told.wishes, told.listed, told.capital, str(told.frequency)) == (
        ("wechat_pay",),
        "no",
        Decimal("3000000.0"),
        "2 a week",
    )
    assert figures.start
    assert figures.start.value == "2026-12-07"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ([], "expected an object"),
        ({"wish": "sell"}, "unknown name 'wish': expected wishes"),
        ({"wishes": ["fly"]}, "'wishes' is 'fly': expected one of publish"),
        ({"subject": "anyone_else"}, "expected one of enterprise"),
        ({"listed": "perhaps"}, "expected one of yes, no"),
        ({"capital": -1}, "write an amount in yuan"),
        ({"capital": "much"}, "write an amount in yuan"),
        ({"turnover": 1e15}, "write an amount in yuan"),
        ({"capital": True}, "write an amount in yuan"),
        ({"turnover": float("nan")}, "write an amount in yuan"),
        ({"frequency": "often"}, "write it as '2 a week'"),
        ({"frequency": "1/0 a day"}, "write it as '2 a week'"),
        ({"start": "2026-02-30"}, "write a day such as 2026-12-18"),
        ({"industry": "mining"}, "expected one of catering"),
    ],
)
def test_a_slip_is_told(content: Any, says: str) -> None:
    with pytest.raises(CircumstancesError, match=says):
        read_circumstances(TABLE, content)


def test_the_slot_gives_the_circumstances_back() -> None:
    told, _ = read_circumstances(TABLE, {"wishes": ["sell"], "capital": 5, "frequency": "1/2 a day", "turnover": 7.25})
    assert Circumstances.from_slot(told.to_slot()) == told
