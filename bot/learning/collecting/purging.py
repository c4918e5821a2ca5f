"""Deletes messages that were kept long enough."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from bot.learning.collecting.recounting import recount
from bot.learning.collecting.storing import DAY
from bot.learning.database import ReviewDatabase
from bot.learning.schema import MESSAGES

# So many messages go in one transaction, so that nobody waits long.
BATCH = 2_000


@dataclass(frozen=True)
class Purged:
    """How many messages and texts were deleted."""

    messages: int
    texts: int


def purge(review: ReviewDatabase, days: int, now: float) -> Purged:
    """Deletes the messages that expired, or are older than `days` by now, and texts that are left without any.

    Texts about which somebody decided stay. Cut off, it has deleted whole batches, and goes on when called again.
    """
    old = or_(MESSAGES.c.expires <= now, MESSAGES.c.at <= now - days * DAY)
    messages = texts = 0
    while True:
        with review.begin() as connection:
            rows = connection.execute(select(MESSAGES.c.id, MESSAGES.c.text_id).where(old).limit(BATCH)).all()
            if not rows:
                return Purged(messages, texts)
            connection.execute(MESSAGES.delete().where(MESSAGES.c.id.in_([row.id for row in rows])))
            texts += recount(connection, {row.text_id for row in rows})
        messages += len(rows)
