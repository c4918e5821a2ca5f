"""The review database: beside the conversations, in a file of its own or in PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional

from sqlalchemy import create_engine, event, inspect, select
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import SettingsError, WenhaoError
from bot.learning.schema import MARKS, METADATA
from bot.settings import Settings
from bot.sqlite import prepare_sqlite


class ReviewDatabaseError(WenhaoError):
    """The review database can't be used."""


class ReviewDatabase:
    """Opens transactions on the review tables, which it makes where they are missing."""

    def __init__(self, url: str) -> None:
        prepare_sqlite()
        try:
            self.engine: Engine = create_engine(url, future=True, pool_pre_ping=True)
            if self.engine.dialect.name == "sqlite":
                # SQLite keeps references whole only where it is told to: https://www.sqlite.org/foreignkeys.html
                event.listen(self.engine, "connect", _keep_references)
            METADATA.create_all(self.engine)
        except SQLAlchemyError as error:
            raise ReviewDatabaseError(f"the review database can't be opened ({_told(error)}): {REMEDY}") from error
        except ImportError as error:
            raise SettingsError(f"REVIEW_DATABASE_URL needs a driver that is not installed ({error})") from error

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Yields a connection whose changes all land, or none where the block raises.

        Raises ReviewDatabaseError where the database can't be reached or has an error of its own.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise ReviewDatabaseError(f"the review database failed ({_told(error)}): {REMEDY}") from error

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()


REMEDY = "check REVIEW_DATABASE_URL and DATABASE_URL, that the file can be written and the server runs"


def open_review_database(settings: Settings) -> ReviewDatabase:
    """Opens the review database by its settings: REVIEW_DATABASE_URL, else DATABASE_URL, else var/review.db."""
    named = _named(settings)
    if named is None:
        _own_file(settings).parent.mkdir(parents=True, exist_ok=True)
    return ReviewDatabase(named or f"sqlite:///{_own_file(settings)}")


def find_review_database(settings: Settings) -> Optional[ReviewDatabase]:
    """Opens the review database where its tables are there, None where nobody made them: looking makes nothing.

    Raises ReviewDatabaseError where it can't be reached.
    """
    try:
        url = make_url(_named(settings) or f"sqlite:///{_own_file(settings)}")
        file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        # Where not even the folder is there, an address that was set is wrong.
        if file and not file.exists() and (file.parent.exists() or _named(settings) is None):
            return None
        engine = create_engine(url, future=True)
        try:
            made = inspect(engine).has_table(MARKS.name)
        finally:
            engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        raise ReviewDatabaseError(f"the review database can't be opened ({_told(error)}): {REMEDY}") from error
    return open_review_database(settings) if made else None


def _named(settings: Settings) -> Optional[str]:
    named = settings.review_database_url or settings.database_url
    return str(named) if named else None


def _own_file(settings: Settings) -> Path:
    return settings.project / "var" / "review.db"


def read_mark(connection: Connection, name: str) -> Optional[str]:
    """Returns a mark, or None where it was never set."""
    row = connection.execute(select(MARKS.c.value).where(MARKS.c.name == name)).first()
    return None if row is None else str(row.value)


def set_mark(connection: Connection, name: str, value: str) -> None:
    """Sets a mark."""
    changed = connection.execute(MARKS.update().where(MARKS.c.name == name).values(value=value))
    if not changed.rowcount:
        connection.execute(MARKS.insert().values(name=name, value=value))


def now() -> float:
    """Returns the time, as the tables keep it."""
    return time.time()


def _keep_references(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA foreign_keys=ON")


def _told(error: Exception) -> str:
    # The statement and its values stay out: they may hold what somebody wrote.
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split())[:200]
