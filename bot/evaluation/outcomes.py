"""What came of each case: the facts a model's answer drew on, and whether that was right. Kept as JSON lines."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, Sequence

from bot.evaluation.acts import Act
from bot.evaluation.cases import Case


@dataclass(frozen=True)
class Outcome:
    """One case with what a model made of it.

    `given` are the facts that the answer drew on; `shown` is whether it shows the figures and the recommendation that
    the case expects beside them.
    """

    case: Case
    given: tuple[str, ...]
    topics: tuple[str, ...]
    act: Act
    intent: str
    confidence: float
    model: str
    shown: bool = True

    @property
    def right(self) -> bool:
        """Whether the answer is right."""
        return self.shown and self.case.judge(self.given, self.topics)

    def as_data(self) -> dict[str, Any]:
        """Returns plain data for a line of results."""
        case = self.case
        return {
            "text": case.text,
            "language": case.language,
            "style": case.style,
            "kind": case.kind,
            "dialogue": case.dialogue,
            "earlier": list(case.earlier),
            "expected": list(case.facts),
            **({} if case.topics is None else {"expected topics": list(case.topics)}),
            "given": list(self.given),
            "right": self.right,
            "act": self.act.value,
            "topics": list(self.topics),
            "intent": self.intent,
            "confidence": self.confidence,
            "model": self.model,
        }


def write_outcomes(file: Path, outcomes: Iterable[Outcome]) -> None:
    """Writes one line of JSON for each outcome."""
    lines = (json.dumps(outcome.as_data(), ensure_ascii=False) for outcome in outcomes)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def scope_of(case: Case) -> str:
    """Returns the group of cases that a case belongs to: questions in or out of scope, turns with or without facts."""
    if case.dialogue:
        return "turns in scope" if case.in_scope else "turns without a fact"
    return "questions in scope" if case.in_scope else "questions out of scope"


def acts_by_scope(outcomes: Sequence[Outcome]) -> dict[str, Counter[Act]]:
    """Returns how often the bot did what, for each group of cases."""
    counts: dict[str, Counter[Act]] = {}
    for outcome in sorted(outcomes, key=lambda outcome: scope_of(outcome.case)):
        counts.setdefault(scope_of(outcome.case), Counter())[outcome.act] += 1
    return counts
