"""What came after an answer."""

from __future__ import annotations

from bot.evaluation.acts import Act
from bot.learning.collecting.likeness import says_again
from bot.learning.states import Reaction

# In seconds. Nothing within the first: silence. What is said again within the second is the same wish.
SILENCE = 3600.0
AGAIN = 600.0

FAILED = frozenset((Act.REFUSED.value, Act.ASKED_BACK.value, Act.FAILED.value))


def reaction_to(act: str, key: str, next_key: str, seconds: float, tapped: bool, person_asked: bool) -> Reaction:
    """Returns what a person's next message says of the answer before it.

    `act` is what the answer did, `key` and `next_key` the two messages' keys, `seconds` the time between them.
    """
    if seconds >= SILENCE:
        return Reaction.SILENCE
    if person_asked:
        return Reaction.PERSON
    if not tapped and seconds <= AGAIN and says_again(key, next_key, act in FAILED):
        return Reaction.REPHRASED
    return Reaction.WENT_ON
