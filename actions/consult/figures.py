"""The figures of a message: money, days and counts, as the understanding found them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Mapping, Optional, Sequence

from actions.consult.days import Day

PERIODS = ("day", "week", "month")
_FREQUENCY = re.compile(r"(\d{1,4}(?:/\d{1,3})?) a (day|week|month)")

# A month has this many days and weeks on average.
DAYS_A_MONTH = Fraction(365, 12)
WEEKS_A_MONTH = Fraction(52, 12)


@dataclass(frozen=True)
class Frequency:
    """How often something is planned: `2 a week`, `1/2 a day`."""

    times: Fraction
    per: str

    @classmethod
    def parse(cls, text: str) -> Frequency:
        """Reads `2 a week`. Raises ValueError where it is none."""
        match = _FREQUENCY.fullmatch(text)
        if not match:
            raise ValueError(f"'{text}' is no frequency: write it as '2 a week'")
        return cls(Fraction(match[1]), match[2])

    @property
    def a_month(self) -> Fraction:
        """How often in an average month."""
        return self.times * {"day": DAYS_A_MONTH, "week": WEEKS_A_MONTH, "month": Fraction(1)}[self.per]

    @property
    def most_a_day(self) -> Fraction:
        """How often on a single day at most, where the times are spread evenly."""
        return max(self.times, Fraction(1)) if self.per == "day" else Fraction(1)

    def __str__(self) -> str:
        return f"{self.times} a {self.per}"


@dataclass(frozen=True)
class Money:
    """An amount. `per` is the time it is meant for; `problem` says why it can't be reckoned with.

    `assumed` is whether the currency was not named.
    """

    number: Decimal
    role: str = ""
    per: str = ""
    problem: str = ""
    currency: str = ""

    @property
    def assumed(self) -> bool:
        """Whether yuan is taken because no currency was named."""
        return not self.currency


@dataclass(frozen=True)
class Figures:
    """What a message names to reckon with. `faulty` is an amount that can't be reckoned with."""

    capital: Optional[Money] = None
    turnover: Optional[Money] = None
    faulty: Optional[Money] = None
    start: Optional[Day] = None
    deadline: Optional[Day] = None
    frequency: Optional[Frequency] = None
    sent: Optional[int] = None
    sent_per: str = ""
    failed: Optional[int] = None
    applications: Optional[int] = None
    years: Optional[int] = None
    accounts: Optional[int] = field(default=None)

    @classmethod
    def from_entities(cls, entities: Sequence[Mapping[str, Any]]) -> Figures:
        """Reads the figures among a message's entities; of several of a kind the first counts."""
        money = [_money(entity) for entity in entities if entity["entity"] == "amount"]
        sound = [each for each in money if not each.problem]
        days = [Day(each["value"], bool(each.get("deadline"))) for each in entities if each["entity"] == "date"]
        counts = {name: _first(entities, name) for name in ("sent", "failed", "applications", "years", "accounts")}
        frequency = _first(entities, "frequency")
        return cls(
            capital=next((each for each in sound if each.role == "capital"), None),
            turnover=next((each for each in sound if each.role in ("turnover", "")), None),
            faulty=next((each for each in money if each.problem and each.role != "budget"), None),
            start=next((day for day in days if not day.deadline), None),
            deadline=next((day for day in days if day.deadline), None),
            frequency=Frequency(Fraction(frequency["value"]), frequency.get("per") or "day") if frequency else None,
            sent_per=(counts["sent"] or {}).get("per") or "",
            **{name: int(found["value"]) if found else None for name, found in counts.items()},
        )

    def completed_by(self, known: Figures) -> Figures:
        """Returns these figures, with those that are not named taken from what was named before."""
        open_ones = {name: getattr(known, name) for name in _NAMES if getattr(self, name) in (None, "")}
        if self.start or self.deadline:
            open_ones.update(start=self.start, deadline=self.deadline)
        return replace(self, **open_ones)

    @property
    def are_none(self) -> bool:
        """Whether nothing was named."""
        return self == Figures()


_NAMES = (
    "turnover",
    "start",
    "deadline",
    "frequency",
    "sent",
    "sent_per",
    "failed",
    "applications",
    "years",
    "accounts",
)


def _money(entity: Mapping[str, Any]) -> Money:
    return Money(
        Decimal(entity["value"]),
        *(str(entity.get(name) or "") for name in ("role", "per", "problem", "currency")),
    )


def _first(entities: Sequence[Mapping[str, Any]], name: str) -> Optional[Mapping[str, Any]]:
    return next((entity for entity in entities if entity["entity"] == name), None)
