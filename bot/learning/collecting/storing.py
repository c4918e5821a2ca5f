"""Puts messages into the review database: counts stay right, and earlier answers get their reactions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from bot.evaluation.training_data.questions import key_of
from bot.learning.collecting.messages import Item, Message, Verdict
from bot.learning.collecting.reactions import reaction_to
from bot.learning.collecting.skipping import Skipped
from bot.learning.collecting.texts import Pair, chunks, count, find_texts
from bot.learning.schema import MESSAGES
from bot.learning.states import Reaction

DAY = 86_400.0


@dataclass
class Counts:
    """What came of the messages of one run."""

    kept: int = 0
    new_texts: int = 0
    verdicts: int = 0
    skipped: Counter[Skipped] = field(default_factory=Counter)

    def add(self, other: Counts) -> None:
        """Adds what came of other messages."""
        self.kept += other.kept
        self.new_texts += other.new_texts
        self.verdicts += other.verdicts
        self.skipped += other.skipped


@dataclass
class _Answered:
    """A message whose answer waits for a reaction: a row of the database, or one that will be inserted."""

    at: float
    act: str
    text_key: str
    id: Optional[int] = None
    row: Optional[dict[str, Any]] = None


@dataclass
class _Changes:
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    texts: dict[str, Pair] = field(default_factory=dict)
    reactions: dict[int, dict[str, Any]] = field(default_factory=dict)

    def react(self, answered: _Answered, reaction: Reaction, reason: Optional[str] = None) -> None:
        change = {"reaction": reaction.value, **({"reason": reason} if reason else {})}
        if answered.row is not None:
            answered.row.update(change)
        elif answered.id is not None:
            self.reactions.setdefault(answered.id, {}).update(change)


def store(connection: Connection, items: Sequence[Item], days: int, now: float) -> Counts:
    """Stores what is to be kept, in the connection's transaction, and returns what came of it.

    `days` is how long a message is kept, `now` the time.
    """
    messages = [item for item in items if isinstance(item, Message)]
    known = _known(connection, [item.key for item in items])
    waiting = _waiting(connection, {(each.conversation, each.person) for each in messages})
    counts, changes, seen = Counts(), _Changes(), set(known)
    for item in items:
        if isinstance(item, Verdict):
            counts.verdicts += _judge(item, known, waiting, changes)
            continue
        reason = _why_not(item, seen, now - days * DAY)
        seen.add(item.key)
        if reason is Skipped.REPEATED:
            counts.skipped[reason] += 1
            continue
        pair = (item.conversation, item.person)
        before = waiting.pop(pair, None)
        if before:
            changes.react(before, _reaction(before, item))
        if reason:
            counts.skipped[reason] += 1
            continue
        row = _row(item, days)
        changes.rows[item.key] = row
        changes.texts[item.key] = (item.language, item.text_key)
        if row["reaction"] == Reaction.WAITING.value:
            waiting[pair] = _Answered(item.at, row["act"], item.text_key, row=row)
    counts.kept = len(changes.rows)
    counts.new_texts = _write(connection, changes)
    return counts


def note_silence(connection: Connection, now: float, after: float) -> int:
    """Notes as silence what waited for so many seconds and will hear nothing more; returns for how many messages."""
    waited = (MESSAGES.c.reaction == Reaction.WAITING.value) & (MESSAGES.c.at < now - after)
    return int(connection.execute(MESSAGES.update().where(waited).values(reaction=Reaction.SILENCE.value)).rowcount)


def _why_not(item: Message, seen: set[str], oldest: float) -> Optional[Skipped]:
    if item.key in seen:
        return Skipped.REPEATED
    return item.skipped or (Skipped.EXPIRED if item.at <= oldest else None)


def _reaction(before: _Answered, item: Message) -> Reaction:
    # What was skipped says nothing again: it was tapped, or has no words to compare.
    return reaction_to(
        before.act, before.text_key, item.text_key, item.at - before.at, bool(item.skipped), item.person_wish == "asked"
    )


def _row(item: Message, days: int) -> dict[str, Any]:
    reaction = Reaction.PERSON if item.person_wish == "offered" else Reaction.WAITING
    return {
        **item.columns,
        "event": item.event,
        "key": item.key,
        "conversation": item.conversation,
        "person": item.person,
        "at": item.at,
        "reaction": reaction.value,
        "reason": None,
        "expires": item.at + days * DAY,
    }


def _judge(verdict: Verdict, known: dict[str, int], waiting: dict[Pair, _Answered], changes: _Changes) -> bool:
    """Notes a verdict, which counts more than all else. Says whether its message is kept."""
    row, number = changes.rows.get(verdict.key), known.get(verdict.key)
    if row is None and number is None:
        return False
    reaction = Reaction.SOLVED if verdict.is_solved else Reaction.UNSOLVED
    changes.react(_Answered(0, "", "", id=number, row=row), reaction, verdict.reason)
    for pair, answered in list(waiting.items()):
        if (row is not None and answered.row is row) or (number is not None and answered.id == number):
            del waiting[pair]
    return True


def _known(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """Returns the ids of the messages that are kept already, by their keys."""
    found: dict[str, int] = {}
    for some in chunks(sorted(set(keys))):
        rows = connection.execute(select(MESSAGES.c.key, MESSAGES.c.id).where(MESSAGES.c.key.in_(some)))
        found.update((row.key, row.id) for row in rows)
    return found


def _waiting(connection: Connection, pairs: set[Pair]) -> dict[Pair, _Answered]:
    """Returns the message of each person in each conversation whose answer waits for a reaction."""
    found: dict[Pair, _Answered] = {}
    columns = (
        MESSAGES.c.id,
        MESSAGES.c.conversation,
        MESSAGES.c.person,
        MESSAGES.c.at,
        MESSAGES.c.act,
        MESSAGES.c.text,
    )
    for some in chunks(sorted({conversation for conversation, _ in pairs})):
        wanted = (MESSAGES.c.conversation.in_(some), MESSAGES.c.reaction == Reaction.WAITING.value)
        for row in connection.execute(select(*columns).where(*wanted).order_by(MESSAGES.c.id)):
            pair = (row.conversation, row.person)
            found[pair] = _Answered(row.at, row.act, key_of(row.text), id=row.id)
    return found


def _write(connection: Connection, changes: _Changes) -> int:
    """Writes the changes and returns how many texts are new."""
    for number, values in changes.reactions.items():
        if "reason" in values:
            connection.execute(MESSAGES.update().where(MESSAGES.c.id == number).values(reason=values["reason"]))
    if changes.reactions:
        reactions = [{"of": number, "is": values["reaction"]} for number, values in changes.reactions.items()]
        connection.execute(_REACTED, reactions)
    if not changes.rows:
        return 0
    rows = list(changes.rows.values())
    ids, new = find_texts(connection, [(changes.texts[key], row) for key, row in changes.rows.items()])
    for key, row in changes.rows.items():
        row["text_id"] = ids[changes.texts[key]]
    count(connection, rows)
    connection.execute(MESSAGES.insert(), rows)
    return new


_REACTED = MESSAGES.update().where(MESSAGES.c.id == bindparam("of")).values(reaction=bindparam("is"))
