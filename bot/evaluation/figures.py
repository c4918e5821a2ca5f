"""Shares of right answers with 95% Wilson intervals (Wilson, 1927), by language, scope and style."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Callable, Sequence

from bot.evaluation.cases import Case

Result = tuple[Case, bool]
Z = 1.959964


@dataclass(frozen=True)
class Figure:
    """How many of a group of cases were answered rightly."""

    name: str
    right: int
    of: int

    @property
    def share(self) -> float:
        """The share of right answers."""
        return self.right / self.of

    @property
    def low(self) -> float:
        """The lower end of the 95% interval."""
        return self._interval()[0]

    @property
    def high(self) -> float:
        """The upper end of the 95% interval."""
        return self._interval()[1]

    def _interval(self) -> tuple[float, float]:
        squared = Z * Z / self.of
        middle = (self.share + squared / 2) / (1 + squared)
        half = Z / (1 + squared) * math.sqrt(self.share * (1 - self.share) / self.of + squared / (4 * self.of))
        return max(0.0, middle - half), min(1.0, middle + half)


def figures(results: Sequence[Result]) -> dict[str, list[Figure]]:
    """Returns the figures by group: all, language and scope, style."""
    groups: dict[str, Callable[[Case], str]] = {
        "all": lambda case: "all",
        "language, scope": lambda case: f"{case.language}, {'in scope' if case.facts else 'out of scope'}",
        "style (in scope)": lambda case: f"{case.language}, {case.style}" if case.facts else "",
    }
    return {title: _grouped(results, name_of) for title, name_of in groups.items()}


def _grouped(results: Sequence[Result], name_of: Callable[[Case], str]) -> list[Figure]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for case, right in results:
        groups[name_of(case)].append(right)
    return [Figure(name, sum(rights), len(rights)) for name, rights in sorted(groups.items()) if name]
