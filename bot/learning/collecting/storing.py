"""Puts messages into the review database: counts stay right, and earlier answers get their reactions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from sqlalchemy import bindparam, case, select, tuple_
from sqlalchemy.engine import Connection

from bot.evaluation.training_data.questions import key_of
from bot.learning.collecting.messages import Item, Message, Verdict
from bot.learning.collecting.reactions import reaction_to
from bot.learning.collecting.skipping import Skipped
from bot.learning.schema import MESSAGES, TEXTS
from bot.learning.states import Reaction, State

DAY = 86_400.0

# Pairs a statement looks for at once.
MOST_PAIRS = 400

Pair = tuple[str, str]


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
        if row["reaction"] == Reaction.WAITING.value:
            waiting[pair] = _Answered(item.at, row["act"], item.text_key, row=row)
    counts.kept = len(changes.rows)
    counts.new_texts = _write(connection, changes, {each.key: each for each in messages})
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
    for some in _chunks(sorted(set(keys))):
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
    for some in _chunks(sorted({conversation for conversation, _ in pairs})):
        wanted = (MESSAGES.c.conversation.in_(some), MESSAGES.c.reaction == Reaction.WAITING.value)
        for row in connection.execute(select(*columns).where(*wanted).order_by(MESSAGES.c.id)):
            pair = (row.conversation, row.person)
            found[pair] = _Answered(row.at, row.act, key_of(row.text), id=row.id)
    return found


def _write(connection: Connection, changes: _Changes, messages: dict[str, Message]) -> int:
    for number, values in changes.reactions.items():
        if "reason" in values:
            connection.execute(MESSAGES.update().where(MESSAGES.c.id == number).values(reason=values["reason"]))
    if changes.reactions:
        reactions = [{"of": number, "is": values["reaction"]} for number, values in changes.reactions.items()]
        connection.execute(_REACTED, reactions)
    if not changes.rows:
        return 0
    rows = list(changes.rows.items())
    texts = {key: (messages[key].language, messages[key].text_key) for key, _ in rows}
    ids, new = _texts(connection, [(texts[key], row) for key, row in rows])
    for key, row in rows:
        row["text_id"] = ids[texts[key]]
    _count(connection, [row for _, row in rows])
    connection.execute(MESSAGES.insert(), [row for _, row in rows])
    return new


def _texts(connection: Connection, rows: Sequence[tuple[Pair, dict[str, Any]]]) -> tuple[dict[Pair, int], int]:
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
    for some in _chunks(sorted(pairs)):
        wanted = tuple_(TEXTS.c.language, TEXTS.c.key).in_(some)
        for row in connection.execute(select(TEXTS.c.id, TEXTS.c.language, TEXTS.c.key).where(wanted)):
            found[row.language, row.key] = row.id
    return found


def _count(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Counts the rows, which are not inserted yet, towards their texts: each person once."""
    pairs = {(row["text_id"], row["person"]) for row in rows}
    spoke: set[tuple[int, str]] = set()
    for some in _chunks(sorted(pairs)):
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


_REACTED = MESSAGES.update().where(MESSAGES.c.id == bindparam("of")).values(reaction=bindparam("is"))
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


def _chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[first : first + MOST_PAIRS] for first in range(0, len(values), MOST_PAIRS))
