"""What changed from an earlier run to this one, question by question, and whether it could be chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Iterator, Mapping, Optional, Sequence

from scipy.stats import binomtest

from bot.errors import WenhaoError
from bot.evaluation.cases import Key
from bot.evaluation.json_lines import read_json_lines
from bot.evaluation.outcomes import Outcome


class Kind(str, Enum):
    """How an answer changed."""

    NOW_WRONG = "now wrong"
    NOW_RIGHT = "now right"
    OTHER_FACTS = "other facts"


@dataclass(frozen=True)
class Earlier:
    """The facts and topics that an earlier run gave to each case, and by which model."""

    model: str
    given: Mapping[Key, tuple[str, ...]]
    topics: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """A case whose answer changed."""

    kind: Kind
    before: tuple[str, ...]
    now: Outcome


@dataclass(frozen=True)
class Changes:
    """All that changed. `compared` cases are in both runs, `new` ones only in this."""

    model: str
    compared: int
    new: int
    changes: tuple[Change, ...]

    def of(self, kind: Kind) -> list[Change]:
        """Returns the changes of a kind."""
        return [change for change in self.changes if change.kind is kind]

    @property
    def p_value(self) -> float:
        """The exact McNemar test: how likely chance alone would part right from wrong at least so unevenly.

        After McNemar (1947): of the cases that changed between right and wrong, half would change either way.
        """
        won, lost = len(self.of(Kind.NOW_RIGHT)), len(self.of(Kind.NOW_WRONG))
        return float(binomtest(won, won + lost, 0.5).pvalue) if won + lost else 1.0


def earlier_run(outcomes: Sequence[Outcome]) -> Earlier:
    """Returns the answers of a run to compare another with."""
    return Earlier(
        _models(outcome.model for outcome in outcomes),
        {each.case.key: each.given for each in outcomes},
        {each.case.key: each.topics for each in outcomes},
    )


def read_earlier(file: Path) -> Earlier:
    """Reads a file of results. Raises WenhaoError where it holds none, or with file and line where one is broken."""
    lines = read_json_lines(file)
    if not lines:
        raise WenhaoError(f"{file} is empty: name the results.jsonl of another run with --against, or remove it")
    given = {(line.texts("earlier", []), line.text("text")): line.texts("given") for line in lines}
    topics = {(line.texts("earlier", []), line.text("text")): line.texts("topics", []) for line in lines}
    return Earlier(_models(line.text("model", "an unnamed model") for line in lines), given, topics)


def find_changes(before: Earlier, now: Sequence[Outcome]) -> Changes:
    """Compares two runs. Earlier answers are judged anew by what is expected now."""
    both = [outcome for outcome in now if outcome.case.key in before.given]
    changes = tuple(_changed(before, both))
    order = list(Kind)
    return Changes(
        model=before.model,
        compared=len(both),
        new=len(now) - len(both),
        changes=tuple(sorted(changes, key=lambda change: order.index(change.kind))),
    )


def _changed(before: Earlier, now: Sequence[Outcome]) -> Iterator[Change]:
    for outcome in now:
        given = before.given[outcome.case.key]
        was_right = outcome.case.judge(given, before.topics.get(outcome.case.key, ()))
        kind = _kind(was_right, outcome.right, set(given) == set(outcome.given))
        if kind:
            yield Change(kind, given, outcome)


def _kind(was_right: bool, is_right: bool, same_facts: bool) -> Optional[Kind]:
    if was_right != is_right:
        return Kind.NOW_RIGHT if is_right else Kind.NOW_WRONG
    return None if same_facts else Kind.OTHER_FACTS


def _models(names: Iterator[str]) -> str:
    return ", ".join(dict.fromkeys(names))
