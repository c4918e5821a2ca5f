"""How far the collecting has come.

PostgreSQL hands out ids before transactions end: a row may appear below others that were read already. What was missing
among young rows is therefore kept as gaps, and looked for again for an hour.
https://www.postgresql.org/docs/15/functions-sequence.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Optional

from bot.learning.collecting.errors import PullError

NAME = "tracker store"

# In seconds: for how long a gap may fill, and how old the rows around it are at most when it is noted.
PATIENCE = 3600.0

# A wider gap was never one transaction's.
WIDEST = 10_000
MOST_GAPS = 1_000


class Range(NamedTuple):
    """Ids from `first` to `last`, both included, and since when they are missed."""

    first: int
    last: int
    since: float = 0.0


@dataclass(frozen=True)
class Mark:
    """Everything up to `event` was read, which was at `at`, but for the gaps."""

    event: int = 0
    at: float = 0.0
    gaps: tuple[Range, ...] = ()

    @classmethod
    def parse(cls, value: Optional[str]) -> Mark:
        """Returns a mark as it was kept. Raises PullError where it is none."""
        if value is None:
            return cls()
        try:
            kept = json.loads(value)
            return cls(int(kept["event"]), float(kept["at"]), tuple(Range(*each) for each in kept["gaps"]))
        except (ValueError, LookupError, TypeError) as error:
            raise PullError(
                f"the mark '{NAME}' in review_marks can't be read: delete that row, and everything is read again"
            ) from error

    def text(self) -> str:
        """Returns the mark as it is kept."""
        return json.dumps({"event": self.event, "at": self.at, "gaps": self.gaps})

    def moved(self, event: int, at: float, gaps: Sequence[Range], now: float) -> Mark:
        """Returns the mark after a page, with the page's gaps where its rows are young enough to have any."""
        may_fill = [each for each in gaps if at >= now - PATIENCE and each.last - each.first < WIDEST]
        young = [Range(each.first, each.last, now) for each in may_fill]
        return Mark(event, at, (*self.gaps, *young)[-MOST_GAPS:])

    def filled(self, gap: Range, missing: Sequence[Range]) -> Mark:
        """Returns the mark after a gap was looked at again, with what is still missing of it."""
        left = tuple(Range(each.first, each.last, gap.since) for each in missing)
        return replace(self, gaps=tuple(each for known in self.gaps for each in (left if known == gap else (known,))))

    def without_old_gaps(self, now: float) -> Mark:
        """Returns the mark without the gaps that nothing will fill."""
        return replace(self, gaps=tuple(each for each in self.gaps if each.since >= now - PATIENCE))


def gaps_in(ids: Iterable[int], after: int, upto: int) -> list[Range]:
    """Returns the ranges of ids that are missing among ascending ones, behind one id and up to another."""
    gaps = []
    for each in (*ids, upto + 1):
        if each > after + 1:
            gaps.append(Range(after + 1, each - 1))
        after = each
    return gaps
