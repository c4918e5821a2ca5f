"""Typed values as a reader of English or Chinese writes them, with Babel's locale data."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Union

from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_decimal, format_decimal

from actions.rule_table.model import Language, Value, Wording
from actions.rule_table.partial_date import PartialDate
from actions.rule_table.phrases import Phrases

LOCALES = {"en": "en", "zh": "zh_Hans"}

COMPACT_FORMS: dict[Language, Literal["long", "short"]] = {"en": "long", "zh": "short"}

# From here on "549 million" and 5.49亿 read better than nine digits.
COMPACT_FROM = 1_000_000


def format_value(value: Value, phrases: Phrases, language: Language) -> str:
    """Returns a value with its unit: `300 yuan per application`, `15个工作日`."""
    unit = phrases.units[value.unit]
    if unit.kind == "boolean":
        chosen = unit.yes if value.value else unit.no
        return _say(chosen, language, "")
    if unit.kind == "date":
        return format_partial_date(PartialDate.parse(value.value), language)
    number = _number(value.value)
    wording = unit.one if number == 1 and unit.one else unit.other
    text = _say(wording, language, format_number(number, language))
    return text if value.per is None else _say(phrases.per[value.per], language, text)


def _say(wording: Union[Wording, None], language: Language, number: str) -> str:
    return wording.in_language(language).format(n=number) if wording else number


def _number(value: Union[bool, int, Decimal, str]) -> Union[int, Decimal]:
    return value if isinstance(value, int) else Decimal(str(value))


def format_number(number: Union[int, Decimal], language: Language) -> str:
    """Returns a number with separators, from a million on in words: `20,000`, `549 million`, `5.49亿`."""
    if abs(Decimal(number)) >= COMPACT_FROM:
        return format_compact_decimal(
            number, format_type=COMPACT_FORMS[language], locale=LOCALES[language], fraction_digits=2
        )
    return format_decimal(number, locale=LOCALES[language])


def format_partial_date(date: PartialDate, language: Language) -> str:
    """Returns a date as precisely as it is known: `13 September 2014`, `2015年第一季度`, `2014`."""
    locale = LOCALES[language] if language == "zh" else "en_GB"
    day = date.first_day
    if date.precision == "day":
        return format_date(day, "d MMMM y" if language == "en" else "long", locale=locale)
    if date.precision == "quarter":
        return format_date(day, "'the' QQQQ 'of' y" if language == "en" else "y年QQQQ", locale=locale)
    return format_skeleton("yMMMM" if date.precision == "month" else "y", day, locale=locale)
