"""Values as readers of English and Chinese write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.rule_table.model import Language, Value
from actions.rule_table.partial_date import PartialDate
from actions.wording.values import format_number, format_partial_date, format_value
from tests.actions.asking import LANGUAGES, TABLE


@pytest.mark.parametrize(
    ("value", "unit", "per", "english", "chinese"),
    [
        (300, "CNY", "application", "300 yuan per application", "每次申请300元"),
        (300, "CNY", "year", "300 yuan a year", "每年300元"),
        (20000, "CNY", None, "20,000 yuan", "20,000元"),
        (0, "CNY", None, "0 yuan", "0元"),
        (5000000, "CNY", None, "5 million yuan", "500万元"),
        (99, "USD", "year", "99 US dollars a year", "每年99美元"),
        (549000000, "user", None, "549 million users", "5.49亿用户"),
        (1000000, "account", None, "1 million accounts", "100万个账号"),
        (999999, "user", None, "999,999 users", "999,999用户"),
        (0.6, "percent", None, "0.6%", "0.6%"),
        (Decimal("2.0"), "percent", None, "2%", "2%"),
        (7, "T_plus", None, "T+7", "T+7"),
        (15, "working_day", None, "15 working days", "15个工作日"),
        (1, "working_day", None, "1 working day", "1个工作日"),
        (1, "broadcast", "day", "1 broadcast a day", "每天1次群发"),
        (4, "broadcast", "month", "4 broadcasts a month", "每月4次群发"),
        (False, "refund", None, "is not refunded", "不退"),
        (True, "refund", None, "is refunded", "可以退"),
        ("2012-08", "date", None, "August 2012", "2012年8月"),
        ("2015-Q1", "date", None, "1st quarter 2015", "2015年第一季度"),
        (2014, "date", None, "2014", "2014年"),
        ("2014-09-13", "date", None, "13 September 2014", "2014年9月13日"),
        (3, "plain", None, "3", "3"),
    ],
)
def test_both_languages(value: Any, unit: str, per: str | None, english: str, chinese: str) -> None:
    written = Value(value=value, unit=unit, per=per)
    assert [format_value(written, TABLE.phrases, language) for language in LANGUAGES] == [english, chinese]


def test_a_written_decimal_stays_exact() -> None:
    assert Value.parse_obj({"value": 0.6, "unit": "percent"}).value == Decimal("0.6")
    assert Value(value=True, unit="refund").value is True
    assert Value(value=1, unit="CNY").value == 1


@pytest.mark.parametrize("row", [row for row in TABLE.rows.values() if row.values], ids=lambda row: row.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_the_table(row: Any, language: Language) -> None:
    for value in row.values.values():
        said = format_value(value, TABLE.phrases, language)
        assert said.strip()
        assert "{" not in said
        if value.unit not in ("refund", "date"):
            digits = "".join(character for character in said if character.isdigit())
            assert digits.strip("0") == str(value.value).replace(".", "").strip("0")[: len(digits)]


@given(st.integers(-(10**12), 10**12), st.sampled_from(LANGUAGES))
def test_every_number_has_a_form(number: int, language: Language) -> None:
    said = format_number(number, language)
    assert said.lstrip("-")[0].isdigit()
    if abs(number) < 1_000_000:
        assert int(said.replace(",", "")) == number


@given(st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from(LANGUAGES))
def test_a_date_shows_what_is_known_of_it(day: Any, length: int, language: Language) -> None:
    text = day.isoformat()[:length]
    if text < "1000":
        return
    said = format_partial_date(PartialDate(text), language)
    assert str(day.year) in said
    assert (str(day.day) in said.replace(str(day.year), "")) or length < 10
    if language == "zh":
        assert said.endswith({4: "年", 7: "月", 10: "日"}[length])
