"""Asks the serving model what waits in the queue since an earlier one: what it answers by now leaves the queue."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Optional, Protocol

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.evaluation.acts import Act, act_of, topics_in
from bot.learning.database import ReviewDatabase
from bot.learning.queueing.reasons import WEIGHTS
from bot.learning.queueing.refreshing import WAITING_STATES
from bot.learning.schema import MESSAGES, READINGS, TEXTS
from bot.learning.states import Reason

# Some 30 ms each on one quiet core: half a minute. The highest scores come first, the rest has its turn the next time.
MOST_AT_ONCE = 1000
WRITTEN_AT_ONCE = 100


class Answers(Protocol):
    """The model that serves (bot.assistant.Assistant)."""

    async def ask(self, text: str) -> Mapping[str, Any]:
        """Returns the reply to a message."""

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Returns what is understood of a message."""


class Outdated(list[tuple[int, str]]):
    """Texts, by id, that an earlier model understood. `left` are more than can be read at once."""

    left: int = 0


def outdated(connection: Connection, model: str, most: int = MOST_AT_ONCE) -> Outdated:
    """Returns the queue's texts that `model` (by its id) has neither understood in a message nor read since."""
    understood = select(MESSAGES.c.text_id).where(MESSAGES.c.model == model)
    read = select(READINGS.c.text_id).where(READINGS.c.model == model)
    wanted = (
        select(TEXTS.c.id, TEXTS.c.text, TEXTS.c.reasons)
        .where(TEXTS.c.state.in_(WAITING_STATES), TEXTS.c.score > 0)
        .where(TEXTS.c.id.not_in(understood), TEXTS.c.id.not_in(read))
        .order_by(TEXTS.c.score.desc(), TEXTS.c.id)
    )
    rows = [row for row in connection.execute(wanted) if set(row.reasons) & _MAY_BE_SETTLED]
    found = Outdated((row.id, row.text) for row in rows[:most])
    found.left = len(rows) - len(found)
    return found


# Of what is but in the sample there is nothing to settle.
_MAY_BE_SETTLED = {reason.value for reason in WEIGHTS if reason is not Reason.SAMPLE}


async def reread(
    database: ReviewDatabase,
    texts: Sequence[tuple[int, str]],
    bot: Answers,
    model: str,
    known: Mapping[str, Act],
    told: Optional[Callable[[int], None]] = None,
) -> None:
    """Asks a model each text by itself and keeps what it makes of it. `told` hears how many are done.

    `known` are the replies by which acts are told (bot.evaluation.acts). What is read is kept batch by batch: an
    interruption loses no more than the last. Raises ReviewDatabaseError.
    """
    for start in range(0, len(texts), WRITTEN_AT_ONCE):
        batch = texts[start : start + WRITTEN_AT_ONCE]
        rows = [await _read(bot, text_id, text, model, known) for text_id, text in batch]
        with database.begin() as connection:
            _keep(connection, rows)
        if told:
            told(start + len(batch))


async def _read(bot: Answers, text_id: int, text: str, model: str, known: Mapping[str, Act]) -> dict[str, Any]:
    understood, reply = await bot.parse(text), await bot.ask(text)
    ranking = [[each["name"], each["confidence"]] for each in understood["intent_ranking"]]
    return {
        "text_id": text_id,
        "model": model,
        "intent": str(understood["intent"]["name"] or ""),
        "confidence": float(reply["confidence"]),
        "ranking": ranking,
        "act": act_of(reply, known).value,
        "topics": list(topics_in(reply)),
        "at": time.time(),
    }


def _keep(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    ids = [row["text_id"] for row in rows]
    connection.execute(READINGS.delete().where(READINGS.c.text_id.in_(ids)))
    # A text may have been erased while the model read it.
    there = {row.id for row in connection.execute(select(TEXTS.c.id).where(TEXTS.c.id.in_(ids)))}
    if there:
        connection.execute(READINGS.insert(), [row for row in rows if row["text_id"] in there])
