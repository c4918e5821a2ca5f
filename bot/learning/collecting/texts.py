"""The texts behind messages: each once in its language, with what it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, case, select, tuple_
from sqlalchemy.engine import Connection

from bot.learning.schema import MESSAGES, TEXTS
from bot.learning.states import State

# Pairs a statement looks for at once.
MOST_PAIRS = 400

Pair = tuple[str, str]


def find_texts(connection: Connection, rows: Sequence[tuple[Pair, dict[str, Any]]]) -> tuple[dict[Pair, int], int]:
    """Returns the ids of the texts, those that are new inserted, and how many are new."""
    firsts: dict[Pair, dict[str, Any]] = {}
    for pair, row in rows:
        firsts.setdefault(pair, row)
    ids = _text_ids(connection, firsts)
    new = [pair for pair in firsts if pair not in ids]
    if new:
        connection.execute(TEXTS.insert(), [_text(pair, firsts[pair]) for pair in new])
        ids.update(_text_ids(connection, new))
    return ids, len(new)


def _text(pair: Pair, row: dict[str, Any]) -> dict[str, Any]:
    language, key = pair
    text = {"language": language, "key": key, "text": row["text"], "first_at": row["at"], "last_at": row["at"]}
    return {**text, "messages": 0, "people": 0, "state": State.NEW.value, "reasons": []}


def _text_ids(connection: Connection, pairs: Iterable[Pair]) -> dict[Pair, int]:
    found: dict[Pair, int] = {}
    for some in chunks(sorted(pairs)):
        wanted = tuple_(TEXTS.c.language, TEXTS.c.key).in_(some)
        for row in connection.execute(select(TEXTS.c.id, TEXTS.c.language, TEXTS.c.key).where(wanted)):
            found[row.language, row.key] = row.id
    return found


def count(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Counts the rows, which are not inserted yet, towards their texts: each person once."""
    pairs = {(row["text_id"], row["person"]) for row in rows}
    spoke: set[tuple[int, str]] = set()
    for some in chunks(sorted(pairs)):
        wanted = tuple_(MESSAGES.c.text_id, MESSAGES.c.person).in_(some)
        spoke.update(
            (row.text_id, row.person)
            for row in connection.execute(select(MESSAGES.c.text_id, MESSAGES.c.person).where(wanted).distinct())
        )
    people = Counter(text for text, _ in pairs - spoke)
    messages = Counter(row["text_id"] for row in rows)
    first: dict[int, float] = {}
    last: dict[int, float] = {}
    for row in rows:
        text, at = row["text_id"], row["at"]
        first[text], last[text] = min(at, first.get(text, at)), max(at, last.get(text, at))
    connection.execute(
        _COUNTED,
        [
            {"of": text, "n": messages[text], "p": people[text], "first": first[text], "last": last[text]}
            for text in sorted(messages)
        ],
    )


_COUNTED = (
    TEXTS.update()
    .where(TEXTS.c.id == bindparam("of"))
    .values(
        messages=TEXTS.c.messages + bindparam("n"),
        people=TEXTS.c.people + bindparam("p"),
        first_at=case((TEXTS.c.first_at > bindparam("first"), bindparam("first")), else_=TEXTS.c.first_at),
        last_at=case((TEXTS.c.last_at < bindparam("last"), bindparam("last")), else_=TEXTS.c.last_at),
    )
)


def chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Returns values in parts that a statement can hold."""
    return (values[first : first + MOST_PAIRS] for first in range(0, len(values), MOST_PAIRS))
