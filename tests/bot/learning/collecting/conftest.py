"""A tracker store and a review database, in SQLite and in PostgreSQL, for the same tests."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine.url import make_url

from actions.rule_table.table import RuleTable
from benchmarks.learning.tracker_log import BEGINNING, Row, write
from bot.evaluation.acts import Act, known_replies
from bot.learning.collecting.key import Hashes
from bot.learning.collecting.messages import Reader
from bot.learning.collecting.opening import open_tracker_store
from bot.learning.collecting.pulling import Pull, Pulled
from bot.learning.collecting.scrubbing.scrubber import Scrubber
from bot.learning.database import ReviewDatabase
from bot.learning.schema import MESSAGES, TEXTS
from bot.settings import Settings
from tests.postgres_server import postgres_programs, postgres_server

KEY = b"a key for tests, long enough"
LATER = BEGINNING + 86_400.0


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres_server(programs) as url:
        yield url


@dataclass
class Collection:
    """Both databases, and what collecting needs beside them."""

    source: str
    review: ReviewDatabase
    known: dict[str, Act]

    def write(self, rows: Iterable[Row]) -> None:
        """Writes rows of the log."""
        write(self.source, rows)

    def execute(self, statement: str, **values: Any) -> None:
        """Changes the tracker store."""
        engine = create_engine(self.source, future=True)
        with engine.begin() as connection:
            connection.execute(text(statement), values)
        engine.dispose()

    def pull(self, page: int = 2000, now: float = LATER, days: int = 180) -> Pulled:
        """Collects what is new."""
        reader = Reader(Hashes(KEY), Scrubber(KEY), self.known)
        store = open_tracker_store(Settings.read({"DATABASE_URL": self.source}))
        try:
            return Pull(store, self.review, reader, days, page, lambda: now).run()
        finally:
            store.close()

    def messages(self) -> list[Any]:
        """The messages that are kept, in the order of the log."""
        with self.review.begin() as connection:
            return list(connection.execute(select(MESSAGES).order_by(MESSAGES.c.at, MESSAGES.c.id)))

    def texts(self) -> dict[str, Any]:
        """The texts, by their keys."""
        with self.review.begin() as connection:
            return {row.key: row for row in connection.execute(select(TEXTS))}

    def reactions(self) -> list[str]:
        """What came after each answer."""
        return [row.reaction for row in self.messages()]


@pytest.fixture(params=["sqlite", "postgresql"])
def collection(request: pytest.FixtureRequest, tmp_path: Path, table: RuleTable) -> Iterator[Collection]:
    """Empty databases of one kind."""
    if request.param == "sqlite":
        source, review = f"sqlite:///{tmp_path / 'log.db'}", f"sqlite:///{tmp_path / 'review.db'}"
    else:
        source = review = new_database(request.getfixturevalue("postgres"))
    database = ReviewDatabase(review)
    yield Collection(source, database, known_replies(table.phrases))
    database.close()


def new_database(server: str) -> str:
    """Makes a database of its own on a server and returns its address."""
    name = f"of_{uuid.uuid4().hex}"
    engine = create_engine(server, future=True).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return str(make_url(server).set(database=name))
