"""Whether a message says again, in other words, what the one before it said.

Two texts are as alike as the pieces they share: Dice's coefficient over pairs of Chinese characters and over the
three-letter pieces of words (https://doi.org/10.2307/1932409). What follows a failure needs to share less than what
follows an answer, after which people go on with the same words ("and for a service account?").
"""

from __future__ import annotations

import re
from functools import lru_cache

AFTER_FAILURE = 0.25
AFTER_ANSWER = 0.55

_PIECES = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")

# These stand in every question.
_EVERYWHERE = frozenset(
    re.findall(
        r"\w+",
        "a an the of to for in on at is are do does did can could i we you it my our me what how which when and or",
    )
)


def says_again(before: str, after: str, failed: bool) -> bool:
    """Whether the second text (both as `key_of` gives them) asks the first again."""
    return likeness(before, after) >= (AFTER_FAILURE if failed else AFTER_ANSWER)


def likeness(one: str, other: str) -> float:
    """Returns how alike two texts are, from 0 to 1."""
    if one == other:
        return 1.0
    first, second = _pieces(one), _pieces(other)
    shared = sum(min(weight, second.get(piece, 0.0)) for piece, weight in first.items())
    return 2 * shared / (sum(first.values()) + sum(second.values())) if first and second else 0.0


@lru_cache(maxsize=10_000)
def _pieces(text: str) -> dict[str, float]:
    """Returns the pieces of a text with their weights: a word weighs 1, however long; so does a pair of characters."""
    pieces: dict[str, float] = {}
    for run in _PIECES.findall(text):
        if _HAN.match(run):
            pieces.update((run[place : place + 2], 1.0) for place in range(len(run) - 1) or (0,))
        elif run not in _EVERYWHERE:
            padded = f" {run} "
            pieces.update((padded[place : place + 3], 1 / len(run)) for place in range(len(run)))
    return pieces
