"""How many broadcasts are left, and whether a plan fits the quota. The quotas are the rule table's."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from fractions import Fraction

from actions.consult.as_of import AsOf
from actions.consult.conditions import Conditions
from actions.consult.costs import figure, in_force
from actions.consult.figures import DAYS_A_MONTH, Frequency
from actions.rule_table.model import Account, Row
from actions.rule_table.table import RuleTable


@dataclass(frozen=True)
class Quota:
    """So many broadcasts a day or a month, by one row."""

    account: Account
    times: int
    per: str
    row: Row

    @property
    def a_month(self) -> Fraction:
        """How many an average month allows."""
        return self.times * (DAYS_A_MONTH if self.per == "day" else Fraction(1))

    def allows(self, plan: Frequency) -> bool:
        """Whether a plan stays within the quota, on each day where it counts by the day, else in a month of four weeks.

        Once a week fits into four a month, though some months have five such days: `is_tight` tells.
        """
        if self.per == "day":
            return plan.times <= self.times if plan.per == "day" else plan.a_month <= self.a_month
        return int(plan.a_month) <= self.times

    def is_tight(self, plan: Frequency) -> bool:
        """Whether a plan fits, but not into the longest months."""
        return self.allows(plan) and plan.a_month > self.a_month


@dataclass(frozen=True)
class Left:
    """What is left of a quota in the period asked about, and the day on which the next period begins."""

    quota: Quota
    sent: int
    left: int
    period: str
    renewed: datetime.date
    over: bool = False


def quota_of(table: RuleTable, account: Account, as_of: AsOf, subject: str = "") -> Quota:
    """Returns the quota of a kind of account."""
    conditions = Conditions(accounts=(account,), subject=subject or None)
    row = in_force(table, "broadcast_quota", as_of, conditions)
    return Quota(account, int(figure(row, "quota")), row.values["quota"].per or "month", row)


def left(quota: Quota, sent: int, period: str, today: datetime.date) -> Left:
    """Returns what is left after so many were sent in a period (`day` or `month`).

    A daily quota cannot be saved up: over the rest of a month, each day has its own, today's with it if unused.
    """
    length = calendar.monthrange(today.year, today.month)[1]
    tomorrow = today + datetime.timedelta(days=1)
    next_month = today.replace(day=length) + datetime.timedelta(days=1)
    if quota.per == "month":
        return Left(quota, sent, max(0, quota.times - sent), "month", next_month, sent > quota.times)
    if period != "month":
        return Left(quota, sent, max(0, quota.times - sent), "day", tomorrow, sent > quota.times)
    days_left = length - today.day + 1
    return Left(quota, sent, quota.times * days_left, "month", next_month, sent > quota.times * today.day)
