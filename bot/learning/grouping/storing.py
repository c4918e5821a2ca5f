"""Writes groups into the review database, the old ones going on where they are mostly the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from bot.learning.grouping.groups import Group, Grouped, Placed
from bot.learning.grouping.keeping import kept_ids
from bot.learning.grouping.naming import free_name
from bot.learning.grouping.twins import Profile, twins
from bot.learning.schema import GROUPS, TEXTS
from bot.learning.states import State


def store_groups(connection: Connection, grouped: Sequence[Grouped], now: float) -> int:
    """Writes the groups of one language or both, in the connection's transaction; returns how many there are.

    Texts that somebody decided about, moved or redacted since they were read stay as they are, and so do groups that a
    person made or changed. Groups that nothing is in any more go.
    """
    ids = {each.language: _store(connection, each, now) for each in grouped}
    _link(connection, grouped, ids)
    _drop_empty(connection)
    return sum(len(found) for found in ids.values())


def _store(connection: Connection, grouped: Grouped, now: float) -> list[int]:
    """Writes the groups of a language, and returns their ids."""
    before = {
        each.text.id: each.text.group_id
        for group in grouped.groups
        for each in group.texts
        if each.text.group_id is not None
    }
    clusters = {each.text.id: place for place, group in enumerate(grouped.groups) for each in group.texts}
    kept = kept_ids(before, clusters)
    used = _names_that_stay(connection, grouped.language, set(kept.values()))
    ids = []
    for place, group in enumerate(grouped.groups):
        if place not in kept or not _go_on(connection, kept[place], group):
            name = free_name(group.name, used)
            used.add(name)
            kept[place] = _begin(connection, name, group, grouped.language, now)
        ids.append(kept[place])
    changes = [_change(each, ids[place]) for place, group in enumerate(grouped.groups) for each in group.texts]
    changes += [_change(each, None) for each in grouped.alone]
    unchanged = (TEXTS.c.id == bindparam("which")) & (TEXTS.c.version == bindparam("seen"))
    update = TEXTS.update().where(unchanged, TEXTS.c.state == State.NEW.value)
    columns = ("group_id", "typical", "x", "y")
    if changes:
        connection.execute(update.values({name: bindparam(f"new_{name}") for name in columns}), changes)
    return ids


def _change(placed: Placed, group_id: Any) -> dict[str, Any]:
    return {
        "which": placed.text.id,
        "seen": placed.text.version,
        "new_group_id": group_id,
        "new_typical": placed.typical,
        "new_x": placed.x,
        "new_y": placed.y,
    }


def _names_that_stay(connection: Connection, language: str, kept: set[int]) -> set[str]:
    stay = GROUPS.c.by_hand.is_(True) | GROUPS.c.id.in_(kept)
    rows = select(GROUPS.c.name).where(GROUPS.c.language == language, stay)
    return {row.name for row in connection.execute(rows)}


def _go_on(connection: Connection, group_id: int, group: Group) -> bool:
    """Updates an old group, under its name: people know it by that. Says whether nobody took it over in between."""
    mine = (GROUPS.c.id == group_id) & GROUPS.c.by_hand.is_(False)
    return bool(connection.execute(GROUPS.update().where(mine).values(_figures(group))).rowcount)


def _begin(connection: Connection, name: str, group: Group, language: str, now: float) -> int:
    made = {**_figures(group), "language": language, "name": name, "by_hand": False, "made_at": now, "version": 0}
    return int(connection.execute(GROUPS.insert().values(made)).inserted_primary_key[0])


def _figures(group: Group) -> dict[str, Any]:
    return {
        "nearest": [list(each) for each in group.nearest],
        "people": group.people,
        "messages": group.messages,
        "score": group.score,
        "last_at": group.last_at,
        "twin_id": None,
    }


def _link(connection: Connection, grouped: Sequence[Grouped], ids: dict[str, list[int]]) -> None:
    """Links the groups of two languages that ask the same, both ways."""
    if len(grouped) != 2:
        return
    ours, theirs = grouped
    found = twins(_profiles(ours), _profiles(theirs))
    pairs = [(ids[ours.language][our], ids[theirs.language][their]) for our, their, _ in found]
    both_ways = [{"which": one, "new_twin": other} for pair in pairs for one, other in (pair, pair[::-1])]
    if both_ways:
        update = GROUPS.update().where(GROUPS.c.id == bindparam("which"))
        connection.execute(update.values(twin_id=bindparam("new_twin")), both_ways)


def _profiles(grouped: Grouped) -> list[tuple[Profile, Profile]]:
    return [(group.meanings, group.ranking) for group in grouped.groups]


def _drop_empty(connection: Connection) -> None:
    used = select(TEXTS.c.group_id).where(TEXTS.c.group_id.is_not(None))
    empty = GROUPS.c.by_hand.is_(False) & GROUPS.c.id.not_in(used)
    connection.execute(
        GROUPS.update().where(GROUPS.c.twin_id.in_(select(GROUPS.c.id).where(empty))).values(twin_id=None)
    )
    connection.execute(GROUPS.delete().where(empty))
