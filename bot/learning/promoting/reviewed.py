"""What the review database hears of: which texts the serving model has learned, who promoted it and who rolled back."""

from __future__ import annotations

import json
import logging
import uuid
from typing import Iterator

from sqlalchemy.engine import Connection

from bot.errors import WenhaoError
from bot.learning.database import now, open_review_database
from bot.learning.promoting.candidates import LESSONS
from bot.learning.promoting.history import Record
from bot.learning.schema import ACTIONS, TEXTS
from bot.learning.states import Deed, State
from bot.settings import Settings

logger = logging.getLogger(__name__)

# In a lesson `text-123` is the row 123 of review_texts.
TEXT = "text-"

# Databases take only so many values in one statement.
AT_ONCE = 500


def has_review_database(settings: Settings) -> bool:
    """Whether there is a review database: its file is made by those who collect, not by those who look."""
    named = settings.review_database_url or settings.database_url
    return bool(named) or (settings.project / "var" / "review.db").is_file()


def note_serving(settings: Settings, record: Record, deed: Deed) -> None:
    """Marks the texts that the serving model learned as trained, others that were so as landed, and notes the deed.

    The pointer stands already: where the database can't be used the log says so, and nothing is raised.
    """
    if not has_review_database(settings):
        return
    learned, others = _texts(settings, set(record.batches))
    try:
        database = open_review_database(settings)
        try:
            with database.begin() as connection:
                _move(connection, learned, State.LANDED, State.TRAINED)
                _move(connection, others, State.TRAINED, State.LANDED)
                connection.execute(ACTIONS.insert().values(**_deed(record, deed, len(learned))))
        finally:
            database.close()
    except WenhaoError as error:
        logger.error("%s serves, but the review database does not know it yet: %s", record.model, error)


def _deed(record: Record, deed: Deed, texts: int) -> dict[str, object]:
    return {
        "batch": uuid.uuid4().hex,
        "at": now(),
        "who": record.by or "command line",
        "kind": deed.value,
        "what": "model",
        "which": record.model,
        "before": {"model": record.before},
        "after": {"model": record.model, "event": record.event.value, "reason": record.reason, "texts": texts},
    }


def _texts(settings: Settings, batches: set[str]) -> tuple[list[int], list[int]]:
    """Returns the ids of the texts whose lessons are in some batches, and of those whose lessons are in others."""
    learned: list[int] = []
    others: list[int] = []
    for batch, text in _lessons(settings):
        (learned if batch in batches else others).append(text)
    return learned, others


def _lessons(settings: Settings) -> Iterator[tuple[str, int]]:
    file = settings.project / LESSONS
    for line in file.read_text(encoding="utf-8").split("\n") if file.is_file() else ():
        try:
            lesson = json.loads(line)
            batch, message = str(lesson["batch"]), str(lesson["message"])
        except (ValueError, KeyError, TypeError):
            continue
        if message.startswith(TEXT) and message.removeprefix(TEXT).isdigit():
            yield batch, int(message.removeprefix(TEXT))


def _move(connection: Connection, texts: list[int], before: State, after: State) -> None:
    for start in range(0, len(texts), AT_ONCE):
        some = TEXTS.c.id.in_(texts[start : start + AT_ONCE])
        changed = TEXTS.update().where(some, TEXTS.c.state == before.value)
        connection.execute(changed.values(state=after.value, version=TEXTS.c.version + 1))
