"""What can go wrong when a person decides.

DecisionError
  StaleDecisionError  somebody else decided in between
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence

from bot.errors import WenhaoError


class DecisionError(WenhaoError):
    """The decision can't be taken; the message says why and what to do. Nothing was changed."""


@dataclass(frozen=True)
class Other:
    """What somebody else did to a text, a group or a draft that a decision was about.

    `what` is "text", "group" or "draft"; `kind` is the deed (bot.learning.states.Deed), empty where the thing is gone
    and nobody is known to have done it; `after` is how it stands now.
    """

    what: str
    which: int
    who: str
    kind: str
    at: float
    after: Optional[Mapping[str, Any]]


class StaleDecisionError(DecisionError):
    """Somebody else changed what a decision is about since it was seen. Nothing of the decision was done."""

    def __init__(self, others: Sequence[Other]) -> None:
        self.others = tuple(others)
        first = self.others[0]
        did = f"{first.who}: {first.kind}" if first.who else "it is gone"
        more = f" (and {len(self.others) - 1} more)" if len(self.others) > 1 else ""
        super().__init__(
            f"{first.what} {first.which} was changed since it was shown ({did}){more}; look again and decide anew"
        )
