"""Taking out of a text what should not be kept: a name, an address."""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.evaluation.training_data.questions import key_of
from bot.learning.database import ReviewDatabase
from bot.learning.deciding.decided import Decided
from bot.learning.deciding.errors import DecisionError
from bot.learning.deciding.groups import recount
from bot.learning.deciding.ledger import TEXT, Ledger, Row, lock, lock_undecided, open_ledger
from bot.learning.schema import MESSAGES, TEXTS
from bot.learning.states import Deed
from bot.nlu.text import HAN

# What takes the place of a name where the reviewer has no better word: a name, for live messages have such too.
SURROGATES = {"en": "Alex", "zh": "小明"}
WRITTEN = ("text", "reply", "reason")
COUNTS = ("messages", "people", "first_at", "last_at")


def redact(
    database: ReviewDatabase, text: int, version: int, start: int, end: int, who: str, word: Optional[str] = None
) -> Decided:
    """Replaces the characters from start to end (excluded) of a text, and the same words in its messages.

    `word` takes their place; without one a plausible surrogate does. Where there is a text already that reads so, the
    two become one, whose id `texts` of the result has.

    Raises StaleDecisionError where somebody else decided in between; DecisionError where the span lies outside the
    text, is empty, leaves no text, or the text was learned already.
    """
    with open_ledger(database, who) as ledger:
        row = lock_undecided(ledger.connection, {text: version})[0]
        if not 0 <= start < end <= len(row["text"]):
            raise DecisionError(f"text {text} has {len(row['text'])} characters, and none from {start} to {end}")
        span = row["text"][start:end]
        word = (SURROGATES["zh" if HAN.search(span) else "en"] if word is None else word).strip()
        written = " ".join(f"{row['text'][:start]}{word}{row['text'][end:]}".split())
        if not key_of(written):
            raise DecisionError(f"nothing would be left of text {text}: ignore it instead")
        before = _rewrite_messages(ledger.connection, row, span, word, written)
        same = ledger.connection.execute(
            select(TEXTS.c.id).where(
                TEXTS.c.language == row["language"], TEXTS.c.key == key_of(written), TEXTS.c.id != text
            )
        ).scalar()
        if same is None:
            _change(ledger, row, written, before)
        else:
            _unite(ledger, row, lock(ledger.connection, TEXT, [same])[same], before)
    return ledger.decided()


def _rewrite_messages(connection: Connection, row: Row, span: str, word: str, written: str) -> list[dict[str, Any]]:
    """Takes the span out of a text's messages, and returns what they said before."""
    before = written_in(connection, row["id"])
    for message in before:
        after = {name: replaced(message[name], span, word) for name in WRITTEN if message[name] is not None}
        if after["text"] == message["text"]:
            # It is written in another way: rather the whole is as the text is now than the span stays.
            after["text"] = written
        connection.execute(MESSAGES.update().where(MESSAGES.c.id == message["id"]).values(**after))
    return before


def written_in(connection: Connection, text: int) -> list[dict[str, Any]]:
    """Returns what the messages of a text say."""
    wanted = [MESSAGES.c.id, *(MESSAGES.c[name] for name in WRITTEN)]
    found = connection.execute(select(*wanted).where(MESSAGES.c.text_id == text).order_by(MESSAGES.c.id))
    return [dict(row) for row in found.mappings()]


def replaced(text: str, span: str, word: str) -> str:
    """Returns a text with every occurrence of the span replaced, in whatever case it is written."""
    return re.sub(re.escape(span), lambda _: word, text, flags=re.IGNORECASE)


def _change(ledger: Ledger, row: Row, written: str, messages: list[dict[str, Any]]) -> None:
    values = {"text": written, "key": key_of(written)}
    counted = TEXTS.update().where(TEXTS.c.id == row["id"]).values(**values, version=TEXTS.c.version + 1)
    ledger.connection.execute(counted)
    before = {"text": row["text"], "key": row["key"], "written": messages}
    ledger.note(Deed.REDACT, TEXT, row["id"], before, values)
    ledger.versions[row["id"]] = row["version"] + 1


def _unite(ledger: Ledger, row: Row, into: Row, messages: list[dict[str, Any]]) -> None:
    """Puts a text's messages under another text, and deletes it."""
    connection = ledger.connection
    both = MESSAGES.c.text_id.in_([row["id"], into["id"]])
    people = connection.execute(select(func.count(func.distinct(MESSAGES.c.person))).where(both)).scalar() or 0
    connection.execute(MESSAGES.update().where(MESSAGES.c.text_id == row["id"]).values(text_id=into["id"]))
    ledger.note(Deed.REDACT, TEXT, row["id"], {**dict(row), "written": messages}, None)
    connection.execute(TEXTS.delete().where(TEXTS.c.id == row["id"]))
    values = {
        "messages": into["messages"] + row["messages"],
        "people": max(people, into["people"], row["people"]),
        "first_at": min(into["first_at"], row["first_at"]),
        "last_at": max(into["last_at"], row["last_at"]),
    }
    ledger.change(Deed.REDACT, TEXT, [into], values)
    recount(connection, [row["group_id"], into["group_id"]])


def restore(connection: Connection, which: int, before: Mapping[str, Any]) -> None:
    """Puts back what a text and its messages said. Raises DecisionError where it stands there again by now."""
    taken = select(TEXTS.c.id).where(
        TEXTS.c.language == _language(connection, which, before), TEXTS.c.key == before["key"], TEXTS.c.id != which
    )
    other = connection.execute(taken).scalar()
    if other is not None:
        raise DecisionError(f"what was redacted stands there again, as text {other}: redact that one too, or leave it")
    row = {name: value for name, value in before.items() if name != "written"}
    if "language" in row:
        connection.execute(TEXTS.insert().values(**{**row, "version": row["version"] + 2}))
    else:
        counted = TEXTS.update().where(TEXTS.c.id == which).values(**row, version=TEXTS.c.version + 1)
        connection.execute(counted)
    for message in before["written"]:
        values = {name: message[name] for name in WRITTEN}
        connection.execute(MESSAGES.update().where(MESSAGES.c.id == message["id"]).values(**values, text_id=which))


def _language(connection: Connection, which: int, before: Mapping[str, Any]) -> str:
    return before.get("language") or str(
        connection.execute(select(TEXTS.c.language).where(TEXTS.c.id == which)).scalar()
    )
