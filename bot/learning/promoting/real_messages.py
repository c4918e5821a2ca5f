"""What people really asked in the last weeks, from the review database: scrubbed, by conversation, in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Iterable, NamedTuple, Sequence

from sqlalchemy import select

from bot.learning.database import ReviewDatabaseError, now, open_review_database
from bot.learning.promoting.reviewed import has_review_database
from bot.learning.promoting.scripts import Script
from bot.learning.schema import MESSAGES, TEXTS
from bot.settings import Settings

DAY = 24 * 60 * 60

# After so many seconds of silence Rasa begins a new session (domain/conversation.yml).
PAUSE = 60 * 60

# A longer session is cut in two: what was said that long ago changes little.
MOST_TURNS = 20

# More are not read into memory: the newest count.
MOST_READ = 100_000


class Said(NamedTuple):
    """One message of one person."""

    conversation: str
    at: float
    text: str
    language: str
    person: str


@dataclass(frozen=True)
class Chosen:
    """The conversations to replay, with the messages that were said in each of the same words.

    `messages` are those in them, `of` all that there are; `trouble` says why there are none.
    """

    scripts: tuple[Script, ...] = ()
    said: tuple[tuple[tuple[Said, ...], ...], ...] = ()
    messages: int = 0
    of: int = 0
    trouble: str = ""


def real_messages(settings: Settings, days: int, most: int) -> Chosen:
    """Returns the conversations of the last days, no more than so many messages to be asked.

    Where there are more, those go first that hold texts which no other has brought. A database that can't be read is
    told in `trouble`: a comparison goes on without it.
    """
    if not has_review_database(settings):
        return Chosen(trouble="none")
    try:
        database = open_review_database(settings)
        try:
            with database.begin() as connection:
                columns = (MESSAGES.c.conversation, MESSAGES.c.at, MESSAGES.c.text, TEXTS.c.language, MESSAGES.c.person)
                query = select(*columns).join(TEXTS, TEXTS.c.id == MESSAGES.c.text_id)
                since = query.where(MESSAGES.c.at >= now() - days * DAY)
                newest = since.order_by(MESSAGES.c.at.desc(), MESSAGES.c.id.desc()).limit(MOST_READ)
                said = [Said(*row) for row in connection.execute(newest)]
        finally:
            database.close()
    except ReviewDatabaseError as error:
        return Chosen(trouble=str(error))
    return choose(list(reversed(said)), most)


def choose(said: Sequence[Said], most: int) -> Chosen:
    """Chooses conversations from messages in the order of time."""
    alike: dict[Script, list[tuple[Said, ...]]] = defaultdict(list)
    for session in _sessions(said):
        alike[Script(tuple(each.text for each in session))].append(session)
    often = Counter(each.text for each in said)
    # What many asked goes first, and of that the shortest conversation.
    waiting = sorted(alike, key=lambda script: (-max(often[text] for text in script.turns), len(script.turns)))
    chosen: dict[Script, None] = {}
    known: set[str] = set()
    room = most
    for only_new in (True, False):
        for script in waiting:
            brings_nothing = only_new and known.issuperset(script.turns)
            if script not in chosen and len(script.turns) <= room and not brings_nothing:
                chosen[script] = None
                known.update(script.turns)
                room -= len(script.turns)
    found = tuple(tuple(alike[script]) for script in chosen)
    return Chosen(tuple(chosen), found, sum(len(each) for sessions in found for each in sessions), len(said))


def _sessions(said: Iterable[Said]) -> list[tuple[Said, ...]]:
    open_ones: dict[str, list[Said]] = {}
    ended: list[tuple[Said, ...]] = []
    for each in said:
        session = open_ones.setdefault(each.conversation, [])
        if session and (each.at - session[-1].at > PAUSE or len(session) >= MOST_TURNS):
            ended.append(tuple(session))
            session.clear()
        session.append(each)
    return [*ended, *(tuple(session) for session in open_ones.values())]
