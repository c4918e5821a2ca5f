"""Values as readers of English and Chinese write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.rule_table.model import Language, Value, Wording
from actions.rule_table.partial_date import PartialDate
from actions.rule_table.phrases import Unit
from actions.wording.values import format_number, format_partial_date, format_value
from tests.actions.asking import LANGUAGES, TABLE


def wording(english: str, chinese: str) -> Wording:
    return Wording(en=english, zh=chinese)


def unit(english: str, chinese: str, one: str = "") -> Unit:
    return Unit(other=wording(english, chinese), one=wording(one, chinese) if one else None)


# The table's own words may change; these don't.
PHRASES = TABLE.phrases.copy(
    update={
        "units": {
            "CNY": unit("{n} yuan", "{n}元"),
            "percent": unit("{n}%", "{n}%"),
            "T_plus": unit("T+{n}", "T+{n}"),
            "user": unit("{n} users", "{n}用户"),
            "broadcast": unit("{n} broadcasts", "{n}次群发", one="{n} broadcast"),
            "plain": Unit(),
            "date": Unit(kind="date"),
            "refund": Unit.parse_obj(
                {
                    "kind": "boolean",
                    "yes": {"en": "is refunded", "zh": "可以退"},
                    "no": {"en": "is not refunded", "zh": "不退"},
                }
            ),
        },
        "per": {
            "application": wording("{n} per application", "每次申请{n}"),
            "day": wording("{n} a day", "每天{n}"),
        },
    }
)


@pytest.mark.parametrize(
    ("value", "unit", "per", "english", "chinese"),
    [
        (300, "CNY", "application", "300 yuan per application", "每次申请300元"),
        (20000, "CNY", None, "20,000 yuan", "20,000元"),
        (0, "CNY", None, "0 yuan", "0元"),
        (5000000, "CNY", None, "5 million yuan", "500万元"),
        (549000000, "user", None, "549 million users", "5.49亿用户"),
        (1000000, "user", None, "1 million users", "100万用户"),
        (999999, "user", None, "999,999 users", "999,999用户"),
        (Decimal("0.6"), "percent", None, "0.6%", "0.6%"),
        (Decimal("2.0"), "percent", None, "2%", "2%"),
        (7, "T_plus", None, "T+7", "T+7"),
        (1, "broadcast", "day", "1 broadcast a day", "每天1次群发"),
        (4, "broadcast", "day", "4 broadcasts a day", "每天4次群发"),
        (0, "broadcast", None, "0 broadcasts", "0次群发"),
        (False, "refund", None, "is not refunded", "不退"),
        (True, "refund", None, "is refunded", "可以退"),
        ("2012-08", "date", None, "August 2012", "2012年8月"),
        (2014, "date", None, "2014", "2014年"),
        ("2014-09-13", "date", None, "13 September 2014", "2014年9月13日"),
        (3, "plain", None, "3", "3"),
    ],
)
def test_both_languages(value: Any, unit: str, per: str | None, english: str, chinese: str) -> None:
    written = Value(value=value, unit=unit, per=per)
    assert [format_value(written, PHRASES, language) for language in LANGUAGES] == [english, chinese]


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_quarters(language: Language) -> None:
    said = {format_partial_date(PartialDate(f"2015-Q{number}"), language) for number in (1, 2, 3, 4)}
    assert len(said) == 4
    assert all("2015" in text for text in said)


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
