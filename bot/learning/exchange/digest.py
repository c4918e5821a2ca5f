"""The highest new groups, for a digest."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.channels.slack.review import AskedGroup
from bot.learning.schema import GROUPS, TEXTS
from bot.learning.states import State


def digest_of(connection: Connection, since: float, limit: int) -> list[AskedGroup]:
    """Returns the groups that were made since a time and of which something waits, the highest score first.

    Of two that ask the same in two languages the higher one stands for both.
    """
    waiting = select(TEXTS.c.group_id).where(TEXTS.c.state == State.NEW.value, TEXTS.c.score > 0)
    wanted = select(GROUPS).where(GROUPS.c.made_at >= since, GROUPS.c.id.in_(waiting))
    found: list[AskedGroup] = []
    shown: set[int] = set()
    for row in connection.execute(wanted.order_by(GROUPS.c.score.desc(), GROUPS.c.id)):
        if len(found) < limit and row.twin_id not in shown:
            found.append(AskedGroup(row.name, _typical(connection, row.id), row.people, row.messages))
            shown.add(row.id)
    return found


def _typical(connection: Connection, group: int) -> str:
    """Returns the most typical text of a group that waits."""
    texts = select(TEXTS.c.text).where(TEXTS.c.group_id == group, TEXTS.c.state == State.NEW.value, TEXTS.c.score > 0)
    return str(connection.execute(texts.order_by(TEXTS.c.typical.desc(), TEXTS.c.id).limit(1)).scalar_one())
