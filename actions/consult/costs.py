"""What an account costs: verification, annual review, deposit, fees on a turnover. Every figure is the rule table's.

Amounts are decimals in yuan, kept to the fen (0.01).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Optional

from actions.consult.as_of import AsOf
from actions.consult.circumstances import Circumstances
from actions.consult.conditions import Conditions
from actions.consult.findings import find
from actions.rule_table.model import Rate, Row
from actions.rule_table.table import RuleTable

FEN = Decimal("0.01")

# No turnover of a business on a public account reaches this many yuan.
ABSURD = Decimal(10) ** 12

# Enough digits that no amount that is told is ever rounded before its fen.
EXACT = Context(prec=60)


@dataclass(frozen=True)
class Fee:
    """The fee on a turnover at the lowest and the highest rate (percent), which may be the same."""

    turnover: Decimal
    lowest: Decimal
    highest: Decimal
    row: Optional[Row] = None
    rate: Optional[Rate] = None

    @property
    def least(self) -> Decimal:
        """The fee at the lowest rate."""
        return percent_of(self.turnover, self.lowest)

    @property
    def most(self) -> Decimal:
        """The fee at the highest rate."""
        return percent_of(self.turnover, self.highest)


@dataclass(frozen=True)
class Deposit:
    """The deposit for WeChat Pay; `due` is None where it hangs on what is not known (listed, capital)."""

    amount: Decimal
    capital: Optional[Decimal]
    due: Optional[bool]
    row: Row


def money(amount: Decimal) -> Decimal:
    """Returns an amount to the fen, halves rounded up."""
    return amount.quantize(FEN, ROUND_HALF_UP, context=EXACT)


def percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    """Returns a percentage of an amount, to the fen."""
    return money(EXACT.divide(EXACT.multiply(amount, percent), Decimal(100)))


def figure(row: Row, name: str) -> Decimal:
    """Returns a row's value as a number. Raises KeyError where the row has none of that name."""
    return Decimal(str(row.values[name].value))


def in_force(table: RuleTable, topic: str, as_of: AsOf, conditions: Conditions = Conditions()) -> Row:
    """Returns the row that leads a topic's answer at a time."""
    return find(table, topic, conditions, as_of).leads[0]


def verification_fee(table: RuleTable, as_of: AsOf, conditions: Conditions = Conditions()) -> Row:
    """Returns the row of the verification fee; its `amount` is due for every application."""
    return in_force(table, "verification_fee", as_of, conditions)


def annual_review(table: RuleTable, as_of: AsOf) -> Row:
    """Returns the row of the yearly review; its `amount` is due every year after the first."""
    return in_force(table, "annual_review", as_of)


def deposit(table: RuleTable, as_of: AsOf, told: Circumstances) -> Deposit:
    """Returns the deposit in the circumstances told: due where not listed, or where the capital is too small."""
    row = in_force(table, "pay_deposit", as_of)
    amount = figure(row, "amount")
    if "capital" not in row.values:
        return Deposit(amount, None, bool(amount), row)
    threshold = figure(row, "capital")
    too_small = None if told.capital is None else told.capital < threshold
    if told.listed == "no" or too_small:
        return Deposit(amount, threshold, True, row)
    return Deposit(amount, threshold, False if told.listed == "yes" and too_small is False else None, row)


def fee(table: RuleTable, as_of: AsOf, turnover: Decimal, conditions: Conditions = Conditions()) -> Fee:
    """Returns the fee on a turnover: the guides' range, or under newer rules the rate of the industry if it is told.

    Raises ValueError for a turnover below zero.
    """
    if turnover < 0:
        raise ValueError(f"no fee is due on {turnover}")
    found = find(table, "pay_rate", conditions, as_of)
    row = found.leads[0]
    if found.rates and not row.is_guide:
        rate = found.rates[0]
        return Fee(turnover, rate.percent, rate.percent, row, rate)
    return Fee(turnover, figure(row, "lowest"), figure(row, "highest"), row)
