"""The queue as JSON lines, in the shape that doccano, Label Studio and Argilla read: id, text, label, and the rest.

A text is written as it was asked, personal data replaced. In JSON it stays text, whatever formula or script it holds;
a tool that turns it into a table or a page must guard that itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Optional

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.learning.queueing.listing import Queued, read_queue
from bot.learning.queueing.reasons import Ranking
from bot.learning.schema import GROUPS, MESSAGES, READINGS

MOST_PROPOSED = 3


def export_lines(
    connection: Connection, language: Optional[str] = None, limit: Optional[int] = None
) -> Iterator[dict[str, Any]]:
    """Yields an object for each text in the queue, the highest score first, with an empty label to be filled in.

    `proposed` are the intents that it is likeliest to have by the classifier, with its confidences; `group` is the name
    of its group.
    """
    names = {row.id: row.name for row in connection.execute(select(GROUPS.c.id, GROUPS.c.name))}
    read = {row.text_id: row.ranking for row in connection.execute(select(READINGS.c.text_id, READINGS.c.ranking))}
    for text in read_queue(connection, language, limit=limit):
        ranking = read[text.id] if text.id in read else _latest_ranking(connection, text.id)
        yield _line(text, ranking, names.get(text.group_id) if text.group_id else None)


def _line(text: Queued, ranking: Ranking, group: Optional[str]) -> dict[str, Any]:
    return {
        "id": text.id,
        "text": text.text,
        "label": "",
        "language": text.language,
        "proposed": [{"label": intent, "score": score} for intent, score in ranking[:MOST_PROPOSED]],
        "group": group,
        "reasons": [reason.value for reason in text.reasons],
        "score": round(text.score, 4),
        "people": text.people,
        "messages": text.messages,
    }


def _latest_ranking(connection: Connection, text_id: int) -> Ranking:
    latest = select(MESSAGES.c.ranking).where(MESSAGES.c.text_id == text_id).order_by(MESSAGES.c.at.desc()).limit(1)
    found: Optional[Ranking] = connection.execute(latest).scalar()
    return found or []
