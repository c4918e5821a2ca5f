"""The figures behind the overview's charts."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import Counter
from typing import Any, NamedTuple, Sequence

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.engine import Connection

from bot.learning.promoting.comparison import Comparison
from bot.learning.schema import ACTIONS, MESSAGES, TEXTS
from bot.learning.states import Deed, State
from bot.review.charts import Cell, Point, Series
from bot.review.groups import DAY, OPEN

WEEKS = 12
WEEK = 7 * DAY
MOST_POINTS = 1500
MOST_CONFUSED = 14


class Time(NamedTuple):
    """Lines over the last weeks."""

    labels: list[str]
    series: list[Series]


def week_ends(now: float, weeks: int = WEEKS) -> list[float]:
    """Returns the ends of the last weeks, the last one now."""
    return [now - WEEK * ago for ago in range(weeks - 1, -1, -1)]


def label_of(end: float) -> str:
    """Returns how a week is called: its last day."""
    return time.strftime("%m-%d", time.localtime(end))


def queue_over_time(connection: Connection, waiting: str, decided: str) -> Time:
    """Returns how many texts that deserved a look waited at the end of each week, and how many were decided by then."""
    came = sorted(connection.execute(select(TEXTS.c.first_at).where(OPEN | _is_decided())).scalars())
    last = (
        select(func.max(ACTIONS.c.at))
        .select_from(ACTIONS.join(TEXTS, ACTIONS.c.which == cast(TEXTS.c.id, ACTIONS.c.which.type)))
        .where(ACTIONS.c.what == "text", ACTIONS.c.undone_by.is_(None), ACTIONS.c.kind.in_(DECIDING), _is_decided())
        .group_by(TEXTS.c.id)
    )
    done = sorted(connection.execute(last).scalars())
    ends = week_ends(time.time())
    decided_by = [bisect_right(done, end) for end in ends]
    open_at = [max(0, bisect_right(came, end) - by) for end, by in zip(ends, decided_by, strict=True)]
    return Time([label_of(end) for end in ends], [Series(waiting, open_at), Series(decided, decided_by)])


DECIDING = [Deed.LABEL.value, Deed.IGNORE.value, Deed.IMPORT.value]


def _is_decided() -> Any:
    return TEXTS.c.state.in_([State.IGNORED.value, State.LABELLED.value, State.LANDED.value, State.TRAINED.value])


def answered_over_time(connection: Connection, names: Sequence[tuple[str, str]]) -> Time:
    """Returns the share of questions that were answered in each week, by language: (id, name) pairs.

    What Wenhao merely talked back to was no question, and counts as none.
    """
    now = time.time()
    ends = week_ends(now)
    ago = (now - MESSAGES.c.at) / WEEK
    # A cast rounds in PostgreSQL and cuts off in SQLite, which may have no floor().
    week = func.floor(ago) if connection.dialect.name == "postgresql" else cast(ago, Integer)
    query = (
        select(TEXTS.c.language, MESSAGES.c.act, week.label("week"), func.count().label("times"))
        .select_from(MESSAGES.join(TEXTS, MESSAGES.c.text_id == TEXTS.c.id))
        .where(MESSAGES.c.at > now - WEEK * WEEKS, MESSAGES.c.at <= now, MESSAGES.c.act != "talked")
        .group_by(TEXTS.c.language, MESSAGES.c.act, "week")
    )
    asked: Counter[tuple[str, int]] = Counter()
    answered: Counter[tuple[str, int]] = Counter()
    for row in connection.execute(query):
        place = row.language, WEEKS - 1 - int(row.week)
        asked[place] += row.times
        answered[place] += row.times if row.act.startswith("answered") else 0
    lines = [
        Series(
            name,
            [
                answered[language, week] / asked[language, week] if asked[language, week] else None
                for week in range(WEEKS)
            ],
        )
        for language, name in names
    ]
    return Time([label_of(end) for end in ends], lines)


def languages(connection: Connection, names: Sequence[tuple[str, str]]) -> list[tuple[str, float]]:
    """Returns how many messages came in each language."""
    rows = connection.execute(select(TEXTS.c.language, func.sum(TEXTS.c.messages)).group_by(TEXTS.c.language))
    found = {language: float(times or 0) for language, times in rows}
    return [(name, found.get(language, 0.0)) for language, name in names]


def map_of(connection: Connection, language: str) -> list[Point]:
    """Returns the undecided texts of a language that have a place on the map, those with the highest score."""
    query = (
        select(TEXTS.c.id, TEXTS.c.text, TEXTS.c.x, TEXTS.c.y, TEXTS.c.group_id)
        .where(TEXTS.c.language == language, TEXTS.c.x.is_not(None), TEXTS.c.group_id.is_not(None), OPEN)
        .order_by(TEXTS.c.score.desc())
        .limit(MOST_POINTS)
    )
    return [
        Point(row.x, row.y, row.group_id, row.text, f"/groups/{row.group_id}#text-{row.id}")
        for row in connection.execute(query)
    ]


def confused(comparison: Comparison) -> list[Cell]:
    """Returns what the candidate answered in the place of what was expected, the most frequent mistakes."""
    wrong: Counter[tuple[str, str]] = Counter()
    for row in comparison.rows:
        given = "+".join(row.now.topics) or row.now.act
        if row.now.right is False:
            wrong["+".join(row.expected) or "out_of_scope", given] += 1
    return [Cell(*pair, count) for pair, count in wrong.most_common(MOST_CONFUSED)]
