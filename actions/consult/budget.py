"""What an account costs in the first and in every following year, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Iterator, Optional

from actions.consult.as_of import AsOf
from actions.consult.circumstances import INDIVIDUAL, Circumstances
from actions.consult.conditions import Conditions
from actions.consult.costs import Deposit, annual_review, deposit, fee, figure, in_force, verification_fee
from actions.rule_table.model import Row
from actions.rule_table.table import RuleTable

# How many of a period make a year.
A_YEAR = {"day": 365, "week": 52, "month": 12, "year": 1, "": 1}

PAYING = ("wechat_pay", "wechat_store", "jssdk_store_pay")


@dataclass(frozen=True)
class Line:
    """One item in yuan; where an amount is a range, `first` and `following` are its lower ends."""

    name: str
    first: Decimal
    first_most: Decimal
    following: Decimal
    following_most: Decimal
    row: Optional[Row] = None


@dataclass(frozen=True)
class Budget:
    """The items, and what could not be put into figures.

    `open_deposit` hangs on what is not known; `fee_open` is the row of the rate where no turnover was told; `foreign`
    the row of a fee in another currency, `exempt` the one that spares owners of this kind the fee. `beside` are rows
    that say so.
    """

    lines: tuple[Line, ...]
    open_deposit: Optional[Deposit] = None
    fee_open: Optional[Row] = None
    foreign: Optional[Row] = None
    exempt: Optional[Row] = None

    @property
    def total(self) -> Line:
        """The sums of all items."""

        def summed(name: str) -> Decimal:
            return sum((getattr(line, name) for line in self.lines), Decimal(0))

        return Line("total", summed("first"), summed("first_most"), summed("following"), summed("following_most"))

    @property
    def beside(self) -> Iterator[Row]:
        """The rows of what is left open."""
        due = self.open_deposit.row if self.open_deposit else None
        rows = (due, self.fee_open, self.foreign, self.exempt)
        return (row for row in rows if row is not None)


def budget_of(table: RuleTable, as_of: AsOf, told: Circumstances, account: Optional[str] = None) -> Budget:
    """Returns the costs in the circumstances told. A private person's account can't be verified and costs nothing."""
    foreign, exempt = _of_the_owner(table, told)
    pays = any(wish in told.wishes for wish in PAYING) and account != "subscription"
    due = deposit(table, as_of, told) if pays else None
    lines = [] if foreign or told.subject == INDIVIDUAL else list(_verification(table, as_of))
    if due and due.due:
        lines.append(Line("deposit", due.amount, due.amount, Decimal(0), Decimal(0), due.row))
    fee_open = None
    if pays and told.turnover is not None:
        lines.append(_fee(table, as_of, told))
    elif pays:
        fee_open = in_force(table, "pay_rate", as_of)
    return Budget(tuple(lines), due if due and due.due is None else None, fee_open, foreign, exempt)


def _verification(table: RuleTable, as_of: AsOf) -> Iterator[Line]:
    once, yearly, nothing = verification_fee(table, as_of), annual_review(table, as_of), Decimal(0)
    first, following = figure(once, "amount"), figure(yearly, "amount")
    yield Line("verification", first, first, nothing, nothing, once)
    yield Line("annual_review", nothing, nothing, following, following, yearly)


def _fee(table: RuleTable, as_of: AsOf, told: Circumstances) -> Line:
    assert told.turnover is not None
    a_year = told.turnover * A_YEAR[told.turnover_per]
    due = fee(table, as_of, a_year, Conditions(subject=told.subject, industry=told.industry))
    return Line("fee", due.least, due.most, due.least, due.most, due.row)


def _of_the_owner(table: RuleTable, told: Circumstances) -> tuple[Optional[Row], Optional[Row]]:
    """Returns the rows that ask a fee in another currency of such owners, and that spare them the fee."""
    later = [row for row in table.later_about(verification_fee(table, AsOf(None))) if "amount" in row.values]
    fitting = [row for row in later if told.subject and told.subject in (row.applies_to.subject or ())]
    foreign = next((row for row in fitting if row.values["amount"].unit != "CNY"), None)
    return foreign, next((row for row in fitting if row is not foreign and not figure(row, "amount")), None)
