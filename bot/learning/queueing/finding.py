"""Finds again what was put aside before there was an intent for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.evaluation.training_data.near_copies import copies_among
from bot.evaluation.training_data.questions import key_of
from bot.learning.schema import TEXTS
from bot.learning.states import State

# Half of what makes a near copy, or a little more: people look at each of them.
LEAST_ALIKE = 0.5


@dataclass(frozen=True)
class Found:
    """A text that an intent may fit: how alike the likest of its examples is, from 0 to 1."""

    id: int
    text: str
    state: State
    alike: float


def found_again(connection: Connection, language: str, examples: Sequence[str], limit: int = 50) -> list[Found]:
    """Returns the texts of a language that were skipped or ignored, or never came into the queue, and that are like one
    of a new intent's examples: the likest first. They are offered, and reopened by a person alone.
    """
    aside = TEXTS.c.state.in_((State.SKIPPED.value, State.IGNORED.value))
    low = (TEXTS.c.state == State.NEW.value) & (TEXTS.c.score == 0)
    wanted = select(TEXTS).where(TEXTS.c.language == language, aside | low).order_by(TEXTS.c.id)
    rows = connection.execute(wanted).all()
    likest: dict[int, float] = {}
    for copy in copies_among([row.key for row in rows], list(map(key_of, examples)), LEAST_ALIKE):
        likest[copy.first] = max(copy.alike, likest.get(copy.first, 0.0))
    order = sorted(likest, key=lambda index: (-likest[index], index))[:limit]
    return [Found(rows[at].id, rows[at].text, State(rows[at].state), likest[at]) for at in order]
