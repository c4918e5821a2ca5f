"""The state of a consultation: what was told, which question is open, and the figures reckoned with last."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Mapping, Optional

from actions.consult.circumstances import Circumstances

# What names figures among a message's entities.
FIGURES = ("amount", "date", "frequency", "sent", "failed", "applications", "years", "accounts")


@dataclass(frozen=True)
class Consultation:
    """`pending` is the question that was asked last, `passed` those that were asked or skipped, in their order.

    `under_way` is whether it was begun and has no result yet; `figures` are entities of the last computation,
    `advised` the parts of the last advice.
    """

    told: Circumstances = field(default_factory=Circumstances)
    pending: Optional[str] = None
    passed: tuple[str, ...] = ()
    under_way: bool = False
    figures: tuple[Mapping[str, Any], ...] = ()
    advised: tuple[str, ...] = ()

    @classmethod
    def from_slot(cls, slot: Optional[Mapping[str, Any]]) -> Consultation:
        """Reads what `to_slot` wrote."""
        kept = slot or {}
        return cls(
            told=Circumstances.from_slot(kept.get("told")),
            pending=kept.get("pending"),
            passed=tuple(kept.get("passed") or ()),
            under_way=bool(kept.get("under_way")),
            figures=tuple(kept.get("figures") or ()),
            advised=tuple(kept.get("advised") or ()),
        )

    def to_slot(self) -> dict[str, Any]:
        """Returns the state as plain data for a slot."""
        return {
            "told": self.told.to_slot(),
            "pending": self.pending,
            "passed": list(self.passed),
            "under_way": self.under_way,
            "figures": [dict(figure) for figure in self.figures],
            "advised": list(self.advised),
        }

    def asking(self, question: str) -> Consultation:
        """Returns the state in which a question is open."""
        return replace(self, pending=question, passed=(*self.passed, question), under_way=True)

    def resting(self) -> Consultation:
        """Returns the state in which nothing is asked: the open question may be asked again."""
        passed = tuple(name for name in self.passed if name != self.pending)
        return replace(self, pending=None, passed=passed)

    def ended(self) -> Consultation:
        """Returns the state in which the result was given."""
        return replace(self, pending=None, under_way=False)
