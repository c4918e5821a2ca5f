"""What a process that was killed while it landed has left behind."""

from __future__ import annotations

from typing import Optional

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.learning.database import ReviewDatabase, open_review_database, read_mark, set_mark
from bot.learning.deciding.ledger import writing
from bot.learning.landing import files
from bot.learning.landing.files import has_journal, only_writer
from bot.learning.landing.lesson import FILE, read_lessons
from bot.learning.landing.rendering import render
from bot.learning.schema import ACTIONS
from bot.settings import Settings

MARK = "landing"


def recover(settings: Settings, database: Optional[ReviewDatabase] = None) -> Optional[str]:
    """Finishes a landing that was cut off after it was decided, drops one that was cut off before. Costs a look.

    Opens the review database only where there is something to recover. Returns the batch that was finished, None where
    nothing was. Called at the start of every command or page that lands, checks or trains.

    Raises LandingBusyError, ReviewDatabaseError.
    """
    if not has_journal(settings.project):
        return None
    with only_writer(settings.project):
        opened = database or open_review_database(settings)
        try:
            return recover_alone(settings, opened)
        finally:
            if database is None:
                opened.close()


def recover_alone(settings: Settings, database: ReviewDatabase) -> Optional[str]:
    """Does it for who is the only writer already."""
    project = settings.project
    if not has_journal(project):
        return None
    batch = files.journal_batch(project)
    if batch is None or not _committed(database, batch):
        files.drop_journal(project)
        return None
    files.carry_out(project)
    return batch


def touch_mark(connection: Connection, value: str) -> None:
    """Takes the mark that every landing changes: nobody else's landing is on its way when this returns."""
    set_mark(connection, MARK, value)


def make_mark(database: ReviewDatabase) -> None:
    """Makes the mark where it is missing, so that landings can take it."""
    with writing(database) as connection:
        if read_mark(connection, MARK) is None:
            set_mark(connection, MARK, "")


def _committed(database: ReviewDatabase, batch: str) -> bool:
    with writing(database) as connection:
        # PostgreSQL may still be committing for a process that is dead by now. It holds the mark until it is done.
        touch_mark(connection, read_mark(connection, MARK) or "")
        found = connection.execute(select(ACTIONS.c.id).where(ACTIONS.c.batch == batch).limit(1))
        return found.first() is not None


def rewrite(settings: Settings) -> list[str]:
    """Writes the learned files anew from the lessons. Returns the files that differed; each is kept as `NAME.edited`.

    Raises LessonsError, LandingBusyError.
    """
    with only_writer(settings.project):
        wanted = render(read_lessons(settings.project))
        wanted.pop(FILE)
        differ = {
            path: content for path, content in wanted.items() if files.content_of(settings.project / path) != content
        }
        for path in differ:
            files.keep_edited(settings.project / path)
        files.write_all(settings.project, differ)
    return [path.as_posix() for path in differ]
