"""Circumstances as a file of JSON names them: checked name by name, so that a slip never becomes a wrong plan."""

from __future__ import annotations

import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Mapping

from actions.consult.circumstances import Circumstances
from actions.consult.costs import ABSURD
from actions.consult.days import Day
from actions.consult.figures import Figures, Frequency
from actions.rule_table.consultation_checks import allowed
from actions.rule_table.table import RuleTable

LISTS = ("wishes", "lacks")
CHOICES = ("subject", "listed", "brands", "startup", "budget")
AMOUNTS = ("capital", "turnover")
OTHERS = ("industry", "frequency", "turnover_per", "start", "deadline")
PERIODS = ("day", "week", "month", "year")


class CircumstancesError(ValueError):
    """The circumstances can't be used as they are written; the message says why and what is expected."""


def read_circumstances(table: RuleTable, content: Any) -> tuple[Circumstances, Figures]:
    """Returns the circumstances, and the day to begin on or to be done by.

    Raises CircumstancesError for an unknown name, and for a value that is none.
    """
    if not isinstance(content, Mapping):
        raise CircumstancesError('expected an object such as {"wishes": ["wechat_pay"], "listed": "no"}')
    known = (*LISTS, *CHOICES, *AMOUNTS, *OTHERS)
    for name in content:
        if name not in known:
            raise CircumstancesError(f"unknown name '{name}': expected {', '.join(known)}")
    said: dict[str, Any] = {name: _list(table, name, content[name]) for name in LISTS if name in content}
    said.update({name: _choice(table, name, content[name]) for name in CHOICES if name in content})
    said.update({name: _amount(name, content[name]) for name in AMOUNTS if name in content})
    if "industry" in content:
        said["industry"] = _one_of("industry", content["industry"], tuple(table.phrases.names.get("industry", {})))
    if "turnover_per" in content:
        said["turnover_per"] = _one_of("turnover_per", content["turnover_per"], PERIODS)
    if "frequency" in content:
        said["frequency"] = _frequency(content["frequency"])
    days: dict[str, Any] = {name: _day(name, content[name]) for name in ("start", "deadline") if name in content}
    return Circumstances(**said), Figures(**days)


def _list(table: RuleTable, name: str, value: Any) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list):
        raise CircumstancesError(f"'{name}' must be a list of texts")
    return tuple(_one_of(name, each, allowed(table, name)) for each in values)


def _choice(table: RuleTable, name: str, value: Any) -> str:
    value = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    known = tuple(each for each in allowed(table, name) if each not in ("unknown", "anyone_else"))
    return _one_of(name, value, known)


def _one_of(name: str, value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise CircumstancesError(f"'{name}' is {value!r}: expected one of {', '.join(known)}")
    return str(value)


def _amount(name: str, value: Any) -> Decimal:
    try:
        amount = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or amount >= ABSURD:
        raise CircumstancesError(f"'{name}' is {value!r}: write an amount in yuan, such as 3000000")
    return amount


def _frequency(value: Any) -> Frequency:
    try:
        return Frequency.parse(str(value))
    except (ValueError, ZeroDivisionError) as error:
        raise CircumstancesError(f"'frequency' is {value!r}: write it as '2 a week'") from error


def _day(name: str, value: Any) -> Day:
    try:
        return Day(datetime.date.fromisoformat(str(value)).isoformat(), deadline=name == "deadline")
    except ValueError as error:
        raise CircumstancesError(f"'{name}' is {value!r}: write a day such as 2026-12-18") from error
