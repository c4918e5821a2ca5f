"""The order of the queue: by distinct people and by how lately they asked, not by how often.

    score = sum over people of the most that a message of theirs is worth
    worth = weight of its strongest reason * 0.5 ** (its age / HALF_LIFE)

One person counts once, however often they ask: nobody fills the queue alone. Two weeks halve what a message counts, so
that ten people of last month weigh as much as two or three of today.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Optional

from bot.learning.queueing.reasons import WEIGHTS, Reading, Seen, reasons_of
from bot.learning.states import Reason

DAY = 24 * 3600.0
HALF_LIFE = 14 * DAY


class Standing(NamedTuple):
    """Why a text is in the queue, the strongest reason first, and its score. Without reasons it is not in it."""

    reasons: tuple[Reason, ...]
    score: float


NOT_IN_QUEUE = Standing((), 0.0)


def recency(at: float, now: float) -> float:
    """Returns what a time counts: 1 now, half of it after HALF_LIFE. What a wrong clock puts into the future is now."""
    return float(0.5 ** (max(0.0, now - at) / HALF_LIFE))


def standing_of(key: str, seen: Iterable[Seen], now: float, reading: Optional[Reading] = None) -> Standing:
    """Returns how a text stands in the queue, from all messages that asked it."""
    people: dict[str, float] = {}
    found: set[Reason] = set()
    for message in seen:
        reasons = reasons_of(message, key, reading)
        if reasons:
            worth = max(WEIGHTS[reason] for reason in reasons) * recency(message.at, now)
            people[message.person] = max(people.get(message.person, 0.0), worth)
            found |= reasons
    if not found:
        return NOT_IN_QUEUE
    if len(found) > 1:
        found.discard(Reason.SAMPLE)
    return Standing(tuple(sorted(found, key=_strongest_first)), sum(people.values()))


def _strongest_first(reason: Reason) -> tuple[float, str]:
    return -WEIGHTS[reason], reason.value
