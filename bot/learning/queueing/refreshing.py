"""Brings the queue up to date: every text that waits gets its reasons and its score anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.engine import Connection

from bot.evaluation.training_data.questions import Example
from bot.learning.database import ReviewDatabase
from bot.learning.queueing.known import Learned, Waiting, ignored, is_payload, learned
from bot.learning.queueing.reasons import Reading, Seen
from bot.learning.queueing.score import NOT_IN_QUEUE, Standing, standing_of
from bot.learning.schema import MESSAGES, READINGS, TEXTS
from bot.learning.states import State

# Those that nobody has decided about. What was skipped waits for somebody who knows more.
WAITING_STATES = (State.NEW.value, State.SKIPPED.value)
ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class Refreshed:
    """How many texts were looked at, how many are in the queue, and how many are not because they are known."""

    texts: int
    queued: int
    learned: int
    ignored: int


@dataclass(frozen=True)
class _Candidate:
    """A text with its old and its new standing."""

    waiting: Waiting
    language: str
    before: Standing
    standing: Standing


def refresh(
    database: ReviewDatabase,
    examples: Sequence[Example],
    model: str = "",
    clock: Callable[[], float] = time.time,
) -> Refreshed:
    """Writes reasons and score of every text that waits, in one transaction.

    `examples` are the training questions as they are now, `model` the id of the model that serves: of its readings
    (rereading.py) the reasons take note. Raises ReviewDatabaseError.
    """
    with database.begin() as connection:
        candidates = list(_candidates(connection, model, clock()))
        asked = [each for each in candidates if each.standing.reasons]
        known, refused = _known(connection, asked, examples)
        _write(connection, candidates, known | refused)
    queued = sum(each.waiting.id not in known | refused for each in asked)
    return Refreshed(len(candidates), queued, len(known), len(refused - known))


def _candidates(connection: Connection, model: str, now: float) -> Iterator[_Candidate]:
    readings = read_readings(connection, model)
    for text, seen in _texts(connection):
        reading = readings.get(text.id)
        standing = NOT_IN_QUEUE if is_payload(text.key) else standing_of(text.key, seen, now, reading)
        latest = reading.ranking if reading else seen[-1].ranking
        before = Standing(tuple(text.reasons), text.score)
        yield _Candidate(
            Waiting(text.id, text.key, str(latest[0][0]) if latest else ""), text.language, before, standing
        )


def read_readings(connection: Connection, model: str) -> Mapping[int, Reading]:
    """Returns what a model, by its id, made of texts by themselves."""
    of_model = select(READINGS).where(READINGS.c.model == model)
    return {
        row.text_id: Reading(row.model, row.act, row.ranking, tuple(row.topics)) for row in connection.execute(of_model)
    }


def _texts(connection: Connection) -> Iterator[tuple[Any, list[Seen]]]:
    """Yields each text that waits with its messages, the latest last."""
    asked = (
        select(
            *(TEXTS.c.id, TEXTS.c.key, TEXTS.c.language, TEXTS.c.reasons, TEXTS.c.score),
            *(MESSAGES.c.person, MESSAGES.c.at, MESSAGES.c.model, MESSAGES.c.act, MESSAGES.c.ranking),
            *(MESSAGES.c.topics, MESSAGES.c.reaction),
        )
        .join(MESSAGES, MESSAGES.c.text_id == TEXTS.c.id)
        .where(TEXTS.c.state.in_(WAITING_STATES))
        .order_by(TEXTS.c.id, MESSAGES.c.at, MESSAGES.c.id)
        .execution_options(stream_results=True, max_row_buffer=ROWS_AT_ONCE)
    )
    for _, found in groupby(connection.execute(asked), key=lambda row: row.id):
        messages = list(found)
        yield (
            messages[0],
            [
                Seen(row.person, row.at, row.model, row.act, row.ranking, tuple(row.topics), row.reaction)
                for row in messages
            ],
        )


def _known(
    connection: Connection, asked: Sequence[_Candidate], examples: Sequence[Example]
) -> tuple[set[int], set[int]]:
    """Returns the texts that are learned, and those that are near copies of what was ignored."""
    known: set[int] = set()
    refused: set[int] = set()
    for language in sorted({each.language for each in asked}):
        waiting = [each.waiting for each in asked if each.language == language]
        known |= learned(waiting, Learned(examples, language))
        refused |= ignored(waiting, ignored_keys(connection, language))
    return known, refused


def ignored_keys(connection: Connection, language: str) -> list[str]:
    """Returns the keys of what somebody ignored."""
    rows = select(TEXTS.c.key).where(TEXTS.c.state == State.IGNORED.value, TEXTS.c.language == language)
    return [row.key for row in connection.execute(rows)]


def _write(connection: Connection, candidates: Sequence[_Candidate], known: set[int]) -> None:
    changes = []
    for each in candidates:
        standing = NOT_IN_QUEUE if each.waiting.id in known else each.standing
        if standing != each.before:
            reasons = [reason.value for reason in standing.reasons]
            changes.append({"which": each.waiting.id, "reasons": reasons, "score": standing.score})
    # Only what nobody decided about in between; the version stays, for nothing that a person sees as theirs changes.
    undecided = or_(*(TEXTS.c.state == state for state in WAITING_STATES))
    update = TEXTS.update().where(TEXTS.c.id == bindparam("which"), undecided)
    if changes:
        connection.execute(update.values(reasons=bindparam("reasons"), score=bindparam("score")), changes)
