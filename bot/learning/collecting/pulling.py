"""Reads what is new in the tracker store, page by page: a page and the mark behind it land together or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Optional

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.learning.collecting.errors import PullError
from bot.learning.collecting.mark import NAME, Mark
from bot.learning.collecting.messages import Reader
from bot.learning.collecting.reactions import SILENCE
from bot.learning.collecting.storing import Counts, note_silence, store
from bot.learning.collecting.tracker_store import Page, TrackerStore
from bot.learning.database import ReviewDatabase, read_mark
from bot.learning.schema import MARKS, MESSAGES

# Rows of messages, answers and verdicts that are in memory at once.
PAGE = 2_000

Progress = Callable[[int, int, Counts], None]


@dataclass
class Pulled:
    """What a run did. `corrupt` holds the ids of the rows that can't be read, and why."""

    counts: Counts = field(default_factory=Counts)
    corrupt: dict[int, str] = field(default_factory=dict)
    silent: int = 0
    is_another_store: bool = False


class Pull:
    """One run over the tracker store. `days` is how long messages are kept."""

    def __init__(
        self,
        source: TrackerStore,
        review: ReviewDatabase,
        reader: Reader,
        days: int,
        page: int = PAGE,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._source = source
        self._review = review
        self._reader = reader
        self._days = days
        self._page = page
        self._clock = clock
        self._pulled = Pulled()

    def run(self, progress: Progress = lambda done, total, counts: None) -> Pulled:
        """Reads everything up to the last event of now. `progress` is told ids and counts after each page.

        Raises PullError where another run is at work, TrackerStoreError and ReviewDatabaseError.
        """
        began = self._clock()
        mark, kept = self._start()
        end = self._source.last()
        first = mark.event
        mark, kept = self._fill_gaps(mark, kept)
        while mark.event < end:
            page = self._source.page(mark.event, end, self._page, self._reader.conversations)
            mark, kept = self._land(page, mark, kept)
            progress(mark.event - first, end - first, self._pulled.counts)
        with self._review.begin() as connection:
            self._pulled.silent = note_silence(connection, began, SILENCE)
        return self._pulled

    def _start(self) -> tuple[Mark, Optional[str]]:
        with self._review.begin() as connection:
            kept = read_mark(connection, NAME)
            mark = Mark.parse(kept)
            if mark.event and self._is_another_store(mark):
                # Its ids are no longer those of the store: what was read from it steps aside.
                connection.execute(MESSAGES.update().where(MESSAGES.c.event > 0).values(event=-MESSAGES.c.id))
                self._pulled.is_another_store = True
                mark = Mark()
        return mark, kept

    def _is_another_store(self, mark: Mark) -> bool:
        # A store that was cleared of old conversations keeps its ids, and goes on behind them.
        at = self._source.time_of(mark.event)
        return self._source.last() < mark.event if at is None else abs(at - mark.at) > 1e-3

    def _fill_gaps(self, mark: Mark, kept: Optional[str]) -> tuple[Mark, Optional[str]]:
        mark = mark.without_old_gaps(self._clock())
        for gap in mark.gaps:
            self._reader.forget()
            page = self._source.page(gap.first - 1, gap.last, gap.last - gap.first + 2)
            mark, kept = self._commit(page, mark.filled(gap, page.gaps), kept)
        self._reader.forget()
        return mark, kept

    def _land(self, page: Page, mark: Mark, kept: Optional[str]) -> tuple[Mark, Optional[str]]:
        at = self._source.time_of(page.upto)
        moved = mark.moved(page.upto, mark.at if at is None else at, page.gaps, self._clock())
        return self._commit(page, moved, kept)

    def _commit(self, page: Page, mark: Mark, kept: Optional[str]) -> tuple[Mark, Optional[str]]:
        items = self._reader.read(page, self._pulled.corrupt)
        with self._review.begin() as connection:
            _move(connection, mark.text(), kept)
            counts = store(connection, items, self._days, self._clock())
        self._pulled.counts.add(counts)
        return mark, mark.text()


def _move(connection: Connection, value: str, kept: Optional[str]) -> None:
    """Moves the mark on, which no two runs do from the same place."""
    try:
        if kept is None:
            connection.execute(MARKS.insert().values(name=NAME, value=value))
            return
    except IntegrityError as error:
        raise PullError(BUSY) from error
    moved = connection.execute(MARKS.update().where(MARKS.c.name == NAME, MARKS.c.value == kept).values(value=value))
    if not moved.rowcount:
        raise PullError(BUSY)


BUSY = "another 'wenhao logs pull' is at work: let it finish, and start again"
