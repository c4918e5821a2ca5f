"""Examples that a reviewer writes: questions that nobody has asked yet, or not in these words."""

from __future__ import annotations

from typing import Optional, Sequence

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.evaluation.training_data.questions import key_of
from bot.learning.database import ReviewDatabase
from bot.learning.deciding.decided import Decided
from bot.learning.deciding.errors import DecisionError
from bot.learning.deciding.ledger import TEXT, Ledger, lock, lock_undecided, open_ledger
from bot.learning.deciding.names import intents
from bot.learning.deciding.teachable import plain_line
from bot.learning.deciding.texts import accept
from bot.learning.schema import TEXTS
from bot.nlu.text import language_of
from bot.settings import Settings

MOST_AT_ONCE = 100


def add_texts(database: ReviewDatabase, settings: Settings, texts: Sequence[str], intent: str, who: str) -> Decided:
    """Accepts written texts into an intent, in one batch. A text that was asked is labelled as the one that it is.

    Once undone they wait for nothing: nobody asked them. Raises DecisionError where there is no such intent, nothing is
    written or too much, or a text was learned already or can't be taught.
    """
    written = list(dict.fromkeys(filter(None, map(plain_line, texts))))
    if not written:
        raise DecisionError("nothing is written: write one example a line")
    if len(written) > MOST_AT_ONCE:
        raise DecisionError(f"these are {len(written)} examples: write no more than {MOST_AT_ONCE} at once")
    if intent not in intents(database, settings):
        raise DecisionError(f"there is no intent '{intent}': choose one of the domain, or draft a new one")
    with open_ledger(database, who) as ledger:
        ids = list(dict.fromkeys(_place(ledger, text) for text in written))
        rows = lock(ledger.connection, TEXT, ids)
        accept(ledger, lock_undecided(ledger.connection, {each: rows[each]["version"] for each in ids}), intent)
    return ledger.decided()


def _place(ledger: Ledger, text: str) -> int:
    language = language_of(text)
    found = _find(ledger.connection, language, key_of(text))
    if found is not None:
        return found
    values = {"language": language, "key": key_of(text), "text": text, "first_at": ledger.at, "last_at": ledger.at}
    return int(ledger.connection.execute(TEXTS.insert().values(**values)).inserted_primary_key[0])


def _find(connection: Connection, language: str, key: str) -> Optional[int]:
    row = connection.execute(select(TEXTS.c.id).where(TEXTS.c.language == language, TEXTS.c.key == key)).first()
    return None if row is None else int(row.id)
