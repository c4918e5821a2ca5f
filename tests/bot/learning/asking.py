"""Messages in the review database: what tests of queue and groups need."""

from __future__ import annotations

from typing import Any, Optional, Sequence

from sqlalchemy import select

from bot.evaluation.training_data.questions import key_of
from bot.learning.database import ReviewDatabase
from bot.learning.schema import MESSAGES, TEXTS
from bot.nlu.text import language_of
from tests.bot.learning.reviewing import message_of

NOW = 1_800_000_000.0
DAY = 86_400.0
SURE = [["ask_menu", 0.97], ["greet", 0.01]]
UNSURE = [["ask_menu", 0.5], ["greet", 0.3]]


def ask(
    database: ReviewDatabase, text: str, people: Sequence[str] = ("ann",), days_ago: float = 0, **message: Any
) -> int:
    """Lets people ask a text so many days ago, and returns the text's id. What is not told was answered surely."""
    at = NOW - days_ago * DAY
    fields = {"at": at, "act": "answered", "ranking": SURE, "model": "old", "topics": ["menu"], **message}
    with database.begin() as connection:
        which = _text(connection, text, at)
        for person in people:
            connection.execute(MESSAGES.insert().values({**message_of(which, text, person), **fields}))
        counts = {"messages": TEXTS.c.messages + len(people), "people": TEXTS.c.people + len(people), "last_at": at}
        connection.execute(TEXTS.update().where(TEXTS.c.id == which).values(counts))
    return which


def _text(connection: Any, text: str, at: float) -> int:
    language, key = language_of(text), key_of(text)
    found: Optional[int] = connection.execute(
        select(TEXTS.c.id).where(TEXTS.c.language == language, TEXTS.c.key == key)
    ).scalar()
    if found is None:
        made = TEXTS.insert().values(language=language, key=key, text=text, first_at=at, last_at=at, reasons=[])
        found = int(connection.execute(made).inserted_primary_key[0])
    return found


def set_state(database: ReviewDatabase, which: int, state: str) -> None:
    """Puts a text into a state, as a decision would."""
    with database.begin() as connection:
        connection.execute(TEXTS.update().where(TEXTS.c.id == which).values(state=state, version=TEXTS.c.version + 1))


def clock() -> float:
    """The time of these tests."""
    return NOW
