"""Why a message deserves a look, and how much.

Measured on 656 development questions, of whose 481 answers 7.7 % were wrong: where the classifier's margin (the
confidence of its first intent less that of its second) was below 0.8 one answer in five was, and these were 57 % of all
wrong answers among 23 % of all; at margins of 0.95 and more it was one in forty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple, Optional

from bot.evaluation.acts import Act
from bot.learning.states import Reaction, Reason

Ranking = Sequence[Sequence[object]]
"""[[intent, confidence], ...], the likeliest first."""

UNSURE_BELOW = 0.8
SURE_FROM = 0.95

# Of what was answered without a doubt, so many are shown all the same: confident mistakes show nowhere else.
SAMPLED_SHARE = 0.03

# A doubt of our own is worth half of what somebody lacked; the sample never comes before either.
WEIGHTS = {
    Reason.UNANSWERED: 1.0,
    Reason.UNSOLVED: 1.0,
    Reason.PERSON: 1.0,
    Reason.REPHRASED: 0.8,
    Reason.UNSURE: 0.5,
    Reason.SAMPLE: 0.1,
}

UNANSWERED = frozenset({Act.REFUSED.value, Act.ASKED_BACK.value, Act.FAILED.value})
ANSWERED = frozenset({Act.ANSWERED.value, Act.ANSWERED_MORE.value})
REACTIONS = {
    Reaction.UNSOLVED.value: Reason.UNSOLVED,
    Reaction.REPHRASED.value: Reason.REPHRASED,
    Reaction.PERSON.value: Reason.PERSON,
}


class Seen(NamedTuple):
    """What became of one message: `act` of bot.evaluation.acts, `reaction` of bot.learning.states."""

    person: str
    at: float
    model: str
    act: str
    ranking: Ranking
    topics: tuple[str, ...]
    reaction: str


class Reading(NamedTuple):
    """What a newer model makes of a text by itself."""

    model: str
    act: str
    ranking: Ranking
    topics: tuple[str, ...]


def margin(ranking: Ranking) -> Optional[float]:
    """Returns how far the first intent is before the second, None where nothing was ranked."""
    if not ranking:
        return None
    second = float(str(ranking[1][1])) if len(ranking) > 1 else 0.0
    return float(str(ranking[0][1])) - second


def teaches_nothing(intent: str, ranking: Ranking) -> bool:
    """Whether a text is read as this intent already, and surely: as an example it would change nothing."""
    ahead = margin(ranking)
    return ahead is not None and ahead >= SURE_FROM and ranking[0][0] == intent


def is_sampled(key: str) -> bool:
    """Whether a text is in the sample: always the same ones, whoever asks, and whenever."""
    digest = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(digest[:8], "big") < SAMPLED_SHARE * 2**64


def reasons_of(seen: Seen, key: str, reading: Optional[Reading] = None) -> frozenset[Reason]:
    """Returns why a message deserves a look. Small talk never does.

    A newer model's reading takes reasons away and gives none: a message understood from those before it must not come
    up because it can't be understood alone.
    """
    if seen.act == Act.TALKED.value:
        return frozenset()
    found = set(_from_message(seen))
    if reading and reading.model != seen.model and reading.act in ANSWERED:
        found -= _settled(seen, reading)
    if not found and seen.act in ANSWERED and is_sampled(key):
        found = {Reason.SAMPLE}
    return frozenset(found)


def _from_message(seen: Seen) -> set[Reason]:
    found = {REACTIONS[seen.reaction]} if seen.reaction in REACTIONS else set()
    if seen.act in UNANSWERED:
        found.add(Reason.UNANSWERED)
    elif _is_unsure(seen.ranking):
        found.add(Reason.UNSURE)
    return found


def _settled(seen: Seen, reading: Reading) -> set[Reason]:
    """Returns the reasons that a newer model's answer takes away."""
    settled = {Reason.UNANSWERED}
    if not _is_unsure(reading.ranking):
        settled.add(Reason.UNSURE)
    if set(reading.topics) != set(seen.topics):
        # What people did not like was another answer.
        settled |= {Reason.UNSOLVED, Reason.REPHRASED, Reason.PERSON}
    return settled


def _is_unsure(ranking: Ranking) -> bool:
    ahead = margin(ranking)
    return ahead is not None and ahead < UNSURE_BELOW
