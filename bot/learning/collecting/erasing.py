"""Deletes everything of one person."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import null, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.learning.collecting.key import Hashes
from bot.learning.collecting.recounting import MOST_IDS, recount
from bot.learning.collecting.speakers import names_of
from bot.learning.schema import ACTIONS, MESSAGES, TEXTS
from bot.learning.states import Deed, State

# These stand in the project's files: the row goes once they are out of there.
LEARNED = (State.LANDED, State.TRAINED)

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Erased:
    """What was deleted, and the texts (ids) that are learned and were said by nobody else: they stay for now."""

    messages: int
    texts: int
    learned: tuple[int, ...]


def texts_only_of(connection: Connection, person: str) -> list[int]:
    """Returns the ids of the texts that, as far as messages are kept, this person (a hash) alone has written."""
    return _only_of(connection, MESSAGES.c.person == person)


def erase(connection: Connection, given: str, hashes: Hashes, who: str, now: float) -> Erased:
    """Deletes what the review database holds of a person, in the connection's transaction.

    `given` is a platform's id of the person, the id of a conversation as the tracker store has it, or the hash of one.
    A conversation of one person stands for that person; of one with several, its own messages are deleted. `who`
    erases.
    """
    theirs = _theirs(connection, given, hashes)
    alone = _only_of(connection, theirs)
    touched = set(connection.execute(select(MESSAGES.c.text_id).where(theirs).distinct()).scalars())
    messages = connection.execute(MESSAGES.delete().where(theirs)).rowcount
    learned = _in_states(connection, alone, LEARNED)
    gone = [text for text in alone if text not in set(learned)]
    texts = recount(connection, touched, [state for state in State if state not in LEARNED])
    _forget(connection, gone)
    if messages:
        after = {"messages": messages, "texts": texts, "learned": learned}
        _note(connection, who, now, hashes.person(given), after)
    return Erased(messages, texts, tuple(learned))


def _theirs(connection: Connection, given: str, hashes: Hashes) -> ColumnElement:
    people = {hashes.person(name) for name in names_of(given)}
    conversations = {hashes.conversation(given)}
    if _HASH.fullmatch(given):
        people.add(given)
        conversations.add(given)
    inside = MESSAGES.c.conversation.in_(sorted(conversations))
    speakers = set(connection.execute(select(MESSAGES.c.person).where(inside).distinct()).scalars())
    if len(speakers) == 1:
        people |= speakers
    return MESSAGES.c.person.in_(sorted(people)) | inside


def _only_of(connection: Connection, theirs: ColumnElement) -> list[int]:
    # Text by text through the index, however many messages others wrote.
    texts = connection.execute(select(MESSAGES.c.text_id).where(theirs).distinct()).scalars().all()
    shared: set[int] = set()
    for some in _chunks(sorted(texts)):
        others = MESSAGES.c.text_id.in_(some) & ~theirs
        shared.update(connection.execute(select(MESSAGES.c.text_id).where(others).distinct()).scalars())
    return sorted(set(texts) - shared)


def _in_states(connection: Connection, texts: Collection[int], states: Iterable[State]) -> list[int]:
    found: list[int] = []
    names = [state.value for state in states]
    for some in _chunks(sorted(texts)):
        wanted = TEXTS.c.id.in_(some) & TEXTS.c.state.in_(names)
        found += connection.execute(select(TEXTS.c.id).where(wanted).order_by(TEXTS.c.id)).scalars()
    return found


def _forget(connection: Connection, texts: Collection[int]) -> None:
    """Takes out of the record of actions what it says of texts that are gone: their words may stand there."""
    for some in _chunks(sorted(texts)):
        about = (ACTIONS.c.what == "text") & ACTIONS.c.which.in_(list(map(str, some)))
        connection.execute(ACTIONS.update().where(about).values(before=null(), after=null()))


def _note(connection: Connection, who: str, now: float, person: str, after: dict[str, object]) -> None:
    row = {
        "batch": uuid.uuid4().hex,
        "at": now,
        "who": who,
        "kind": Deed.ERASE.value,
        "what": "person",
        "which": person,
    }
    connection.execute(ACTIONS.insert().values(**row, after=after))


def _chunks(values: list[int]) -> Iterable[list[int]]:
    return (values[first : first + MOST_IDS] for first in range(0, len(values), MOST_IDS))
