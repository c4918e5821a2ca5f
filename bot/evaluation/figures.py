"""Shares of right answers with 95% Wilson intervals (Wilson, 1927), by language, scope, style, topic and turn."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import Callable, Iterable, Mapping, Sequence

from bot.evaluation.cases import Case

Result = tuple[Case, bool]
Z = 1.959964

ALL, SCOPE, KIND, STYLE = "all", "language, scope", "out of scope, near and far", "style (in scope)"
TURNS, TOPIC = "dialogues", "topic"


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


def figures(results: Sequence[Result], topic_of: Mapping[str, str] = MappingProxyType({})) -> dict[str, list[Figure]]:
    """Returns the figures by group. `topic_of` names the topic of each fact; the worst topic comes first."""
    groups: dict[str, Callable[[Case], Iterable[str]]] = {
        ALL: lambda case: ["turns of dialogues" if case.dialogue else "questions"],
        SCOPE: _scopes,
        KIND: lambda case: [f"both, {case.kind}", f"{case.language}, {case.kind}"] if case.kind else [],
        STYLE: lambda case: [f"{case.language}, {case.style}"] if case.style and case.in_scope else [],
        TURNS: _turns,
        TOPIC: lambda case: topics_of(case, topic_of),
    }
    found = {title: _grouped(results, names_of) for title, names_of in groups.items()}
    found[TURNS] += _grouped(whole_dialogues(results), lambda case: [f"{case.language}, whole dialogues"])
    found[TURNS].sort(key=lambda figure: figure.name)
    found[TOPIC].sort(key=lambda figure: (figure.share, -figure.of))
    return found


def topics_of(case: Case, topic_of: Mapping[str, str]) -> list[str]:
    """Returns the topics that a case asks for, none where it is not ours."""
    return list(dict.fromkeys((*(case.topics or ()), *(topic_of[fact] for fact in case.facts if fact in topic_of))))


def whole_dialogues(results: Sequence[Result]) -> list[Result]:
    """Returns each dialogue, by its first turn, with whether all its turns were answered rightly."""
    whole: list[Result] = []
    for case, right in results:
        if case.earlier and whole:
            first, so_far = whole.pop()
            whole.append((first, so_far and right))
        elif case.dialogue:
            whole.append((case, right))
    return whole


def _scopes(case: Case) -> list[str]:
    return [] if case.dialogue else [f"{case.language}, {'in scope' if case.in_scope else 'out of scope'}"]


def _turns(case: Case) -> list[str]:
    if not case.dialogue:
        return []
    place = "later turns" if case.earlier else "first turns"
    need = "turns in scope" if case.in_scope else "turns without a fact"
    return [f"{case.language}, {name}" for name in ("all turns", place, need)]


def _grouped(results: Sequence[Result], names_of: Callable[[Case], Iterable[str]]) -> list[Figure]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for case, right in results:
        for name in names_of(case):
            groups[name].append(right)
    return [Figure(name, sum(rights), len(rights)) for name, rights in sorted(groups.items())]
