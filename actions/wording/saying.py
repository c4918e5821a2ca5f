"""The words of consultations and computations: sentences with money, days and the values of the rules they rest on."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Sequence, Union

from babel.dates import format_date
from babel.numbers import format_decimal

from actions.rule_table.consultation import Sentence
from actions.rule_table.model import Language, Row, Value, Wording
from actions.rule_table.table import RuleTable
from actions.wording.values import LOCALES, format_value
from actions.wording.writer import Writer

DATE_FORMS = {"en": "EEEE, d MMMM y", "zh": "y年M月d日（EEE）"}


class Speaker:
    """Says sentences of the consultation in one language."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.table: RuleTable = writer.table
        self.language: Language = writer.language

    def say(self, name: str, /, **places: str) -> str:
        """Returns a sentence with its places filled."""
        sentence: Sentence = self.table.sentences[name]
        return sentence.in_language(self.language).format(**places)

    def yuan(self, amount: Decimal) -> str:
        """Returns an amount with every digit, and the fen only where there are any: `18,000 yuan`."""
        return self.say("yuan", n=self.digits(amount))

    def digits(self, amount: Decimal) -> str:
        """Returns an amount's digits: `18,000`."""
        form = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
        return str(format_decimal(amount, format=form, locale=LOCALES[self.language], decimal_quantization=False))

    def number(self, number: Union[int, Decimal, Fraction]) -> str:
        """Returns a number with at most one digit after the point."""
        value = (
            Decimal(number.numerator) / Decimal(number.denominator) if isinstance(number, Fraction) else Decimal(number)
        )
        return str(format_decimal(value, format="#,##0.#", locale=LOCALES[self.language]))

    def percent(self, percent: Decimal) -> str:
        """Returns a rate as it is written in the table: `0.6%`."""
        return f"{percent.normalize():f}%"

    def day(self, day: datetime.date) -> str:
        """Returns a date with its weekday: `Friday, 11 December 2026`."""
        locale = LOCALES[self.language] if self.language == "zh" else "en_GB"
        return str(format_date(day, DATE_FORMS[self.language], locale=locale))

    def value(self, row: Row, name: str) -> str:
        """Returns a row's value with its unit: `15 working days`."""
        return format_value(row.values[name], self.table.phrases, self.language)

    def bare(self, row: Row, name: str) -> str:
        """Returns a row's value with its unit, without what it is meant per: `300 yuan`."""
        return self.plain(row.values[name])

    def plain(self, value: Value) -> str:
        """Returns a value without what it is meant per."""
        return format_value(Value(value=value.value, unit=value.unit), self.table.phrases, self.language)

    def cited(self, wording: Wording, facts: Sequence[str]) -> str:
        """Returns a wording with the values of the rows that it rests on."""
        values = {
            name: format_value(value, self.table.phrases, self.language)
            for name, value in self.table.values_cited(facts).items()
        }
        return wording.in_language(self.language).format(**values)

    def join(self, sentences: Sequence[str]) -> str:
        """Returns sentences one after the other."""
        return self.writer.join([sentence for sentence in sentences if sentence])
