"""The queue and its groups, as they are read for a page."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any, Mapping, Optional, Sequence

from sqlalchemy import Text, cast, func, select
from sqlalchemy.engine import Connection, Row

from bot.learning.schema import GROUPS, MESSAGES, TEXTS
from bot.learning.states import Reason, State

PAGE = 20
# The number of the texts that are in no group.
ALONE = 0
DAY = 24 * 60 * 60.0
LANGUAGES = ("en", "zh")


# What is new and has no score deserves no look: it was answered well, or learned meanwhile.
WAITING = (TEXTS.c.state == State.NEW.value) & (TEXTS.c.score > 0)
# By what a group is ranked: the sum of the scores of its texts that fit.
WORTH = func.sum(TEXTS.c.score)
OPEN = WAITING | (TEXTS.c.state == State.SKIPPED.value)


@dataclass(frozen=True)
class Filter:
    """Which groups are looked for. Empty fields leave all; `days`: asked within so many days; `words`: in a text."""

    language: str = ""
    reason: str = ""
    state: str = State.NEW.value
    days: int = 0
    words: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Filter:
        """Reads a filter from the address. What is unknown there counts as not set."""
        days = asked.get("days", "")
        return cls(
            language=_one_of(asked.get("language", ""), LANGUAGES),
            reason=_one_of(asked.get("reason", ""), [reason.value for reason in Reason]),
            state=_one_of(asked.get("state", ""), [state.value for state in State], State.NEW.value),
            days=int(days) if days.isdecimal() and len(days) < 5 else 0,
            words=asked.get("words", "").strip()[:200],
        )

    def asked(self) -> dict[str, Any]:
        """Returns the filter as parameters of an address."""
        state = "" if self.state == State.NEW.value else self.state
        return {
            "language": self.language,
            "reason": self.reason,
            "state": state,
            "days": self.days or "",
            "words": self.words,
        }

    def conditions(self, now: float) -> list[Any]:
        """Returns the conditions on the texts."""
        found: list[Any] = [TEXTS.c.state == self.state]
        if self.state == State.NEW.value:
            found.append(TEXTS.c.score > 0)
        if self.language:
            found.append(TEXTS.c.language == self.language)
        if self.reason:
            # A list of plain words: as text, its entries stand in quotes.
            found.append(cast(TEXTS.c.reasons, Text).like(f'%"{self.reason}"%'))
        if self.days:
            found.append(TEXTS.c.last_at >= now - self.days * DAY)
        if self.words:
            found.append(func.lower(TEXTS.c.text).contains(self.words.lower(), autoescape=True))
        return found


@dataclass(frozen=True)
class Group:
    """A group as the queue shows it. `found` of its texts fit the filter, `typical` is the likest to all of these.

    In the queue, people, messages, score and the last time are of the texts that fit: what was decided weighs nothing.
    """

    id: int
    language: str
    name: str
    nearest: tuple[tuple[str, float], ...]
    people: int
    messages: int
    score: float
    last_at: float
    twin_id: Optional[int]
    version: int
    found: int = 0
    typical: str = ""


def count_states(connection: Connection) -> dict[str, int]:
    """Returns how many texts there are in each state; of the new ones, those that deserve a look."""
    deserve = (TEXTS.c.state != State.NEW.value) | (TEXTS.c.score > 0)
    rows = connection.execute(select(TEXTS.c.state, func.count()).where(deserve).group_by(TEXTS.c.state))
    return {state: int(times) for state, times in rows}


def find_groups(connection: Connection, wanted: Filter, page: int) -> tuple[list[list[Group]], int]:
    """Returns one page of the groups that fit, the highest score first, twins together; and how many fit."""
    conditions = wanted.conditions(time.time())
    query = (
        select(
            GROUPS.c.id,
            GROUPS.c.twin_id,
            WORTH.label("score"),
            func.count(TEXTS.c.id).label("found"),
            func.sum(TEXTS.c.messages).label("messages"),
            func.max(TEXTS.c.people).label("people"),
            func.max(TEXTS.c.last_at).label("last_at"),
        )
        .select_from(TEXTS.join(GROUPS, TEXTS.c.group_id == GROUPS.c.id))
        .where(*conditions)
        .group_by(GROUPS.c.id, GROUPS.c.twin_id)
    )
    rows = connection.execute(query).all()
    pairs = _paired(rows)
    shown = pairs[page * PAGE : (page + 1) * PAGE]
    fitting = {row.id: row for row in rows}
    groups = _read(connection, {each: fitting[each] for pair in shown for each in pair}, conditions)
    return [[groups[each] for each in pair if each in groups] for pair in shown], len(rows)


def count_ungrouped(connection: Connection, wanted: Filter) -> int:
    """Returns how many of the texts that fit are in no group."""
    query = select(func.count()).where(TEXTS.c.group_id.is_(None), TEXTS.c.score > 0, *wanted.conditions(time.time()))
    return int(connection.execute(query).scalar_one())


def in_group(group: int) -> Any:
    """Returns the condition that a text is in a group, or (ALONE) in none though it deserves a look."""
    return TEXTS.c.group_id == group if group != ALONE else TEXTS.c.group_id.is_(None) & (TEXTS.c.score > 0)


def next_group(connection: Connection, wanted: Filter) -> Optional[int]:
    """Returns the group to go on with: the best one that fits."""
    query = (
        select(GROUPS.c.id)
        .select_from(TEXTS.join(GROUPS, TEXTS.c.group_id == GROUPS.c.id))
        .where(*wanted.conditions(time.time()))
        .group_by(GROUPS.c.id)
        .order_by(WORTH.desc(), GROUPS.c.id)
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else int(row.id)


def read_group(connection: Connection, group: int) -> Optional[Group]:
    """Returns a group, or None where there is none of that number. Texts without a group are shown like one."""
    if group == ALONE:
        return Group(ALONE, "", "", (), 0, 0, 0.0, 0.0, None, 0)
    row = connection.execute(select(GROUPS).where(GROUPS.c.id == group)).first()
    return None if row is None else _group(row, 0, "")


def search_groups(connection: Connection, language: str, words: str, besides: int, most: int = 8) -> list[Group]:
    """Returns groups of a language with these words in their name or in a text, the highest score first."""
    like = words.lower()
    fitting = select(TEXTS.c.group_id).where(func.lower(TEXTS.c.text).contains(like, autoescape=True))
    # Suggested names are written with underscores, those that people gave with spaces.
    named = func.replace(func.lower(GROUPS.c.name), "_", " ").contains(like.replace("_", " "), autoescape=True)
    query = (
        select(GROUPS)
        .where(GROUPS.c.language == language, GROUPS.c.id != besides, named | GROUPS.c.id.in_(fitting))
        .order_by(GROUPS.c.score.desc())
        .limit(most)
    )
    rows = connection.execute(query).all()
    typical = _typical(connection, [row.id for row in rows], [])
    return [_group(row, 0, typical.get(row.id, "")) for row in rows]


def _read(connection: Connection, fitting: Mapping[int, Row], conditions: Sequence[Any]) -> dict[int, Group]:
    rows = connection.execute(select(GROUPS).where(GROUPS.c.id.in_(fitting))).all()
    typical = _typical(connection, list(fitting), conditions)
    people = _people(connection, list(fitting), conditions)
    return {
        row.id: replace(
            _group(row, int(fitting[row.id].found), typical.get(row.id, "")),
            people=max(people.get(row.id, 0), fitting[row.id].people),
            messages=int(fitting[row.id].messages),
            score=float(fitting[row.id].score),
            last_at=float(fitting[row.id].last_at),
        )
        for row in rows
    }


def _people(connection: Connection, groups: Sequence[int], conditions: Sequence[Any]) -> dict[int, int]:
    """Returns how many different people asked the groups' texts that fit, as far as messages are kept."""
    asked = (
        select(TEXTS.c.group_id, func.count(MESSAGES.c.person.distinct()).label("people"))
        .select_from(MESSAGES.join(TEXTS))
        .where(TEXTS.c.group_id.in_(groups), *conditions)
        .group_by(TEXTS.c.group_id)
    )
    return {row.group_id: int(row.people) for row in connection.execute(asked)}


def _typical(connection: Connection, groups: Sequence[int], conditions: Sequence[Any]) -> dict[int, str]:
    place = func.row_number().over(
        partition_by=TEXTS.c.group_id, order_by=(TEXTS.c.typical.desc(), TEXTS.c.people.desc(), TEXTS.c.id)
    )
    ranked = (
        select(TEXTS.c.group_id, TEXTS.c.text, place.label("place"))
        .where(TEXTS.c.group_id.in_(groups), *conditions)
        .subquery()
    )
    return {row.group_id: row.text for row in connection.execute(select(ranked).where(ranked.c.place == 1))}


def _group(row: Row, found: int, typical: str) -> Group:
    nearest = tuple((str(name), float(alike)) for name, alike in row.nearest or ())
    plain = (row.people, row.messages, row.score, row.last_at, row.twin_id, row.version)
    return Group(row.id, row.language, row.name, nearest[:3], *plain, found=found, typical=typical)


def _paired(rows: Sequence[Row]) -> list[list[int]]:
    """Returns the groups by score, each with its twin right behind it."""
    by_id = {row.id: row for row in rows}
    pairs: list[list[int]] = []
    done: set[int] = set()
    for row in sorted(rows, key=lambda each: (-each.score, each.id)):
        if row.id in done:
            continue
        twin = by_id.get(row.twin_id)
        pair = [row.id] if twin is None or twin.id in done or twin.id == row.id else [row.id, twin.id]
        done.update(pair)
        pairs.append(pair)
    return pairs


def _one_of(value: str, allowed: Sequence[str], otherwise: str = "") -> str:
    return value if value in allowed else otherwise
