"""What the review database hears of promotions: texts that were learned, and who did it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.learning.database import ReviewDatabase
from bot.learning.promoting.history import Event, Record
from bot.learning.promoting.reviewed import note_serving
from bot.learning.schema import ACTIONS, METADATA, TEXTS
from bot.learning.states import Deed
from bot.settings import Settings

LESSONS = """\
{"id": "1", "batch": "b1", "message": "text-1"}
{"id": "2", "batch": "b2", "message": "text-2"}
{"id": "3", "batch": "b1", "message": "written by hand"}
{"id": "4", "batch": "b1", "mess
"""


@pytest.fixture
def settings(tmp_path: Path, review_url: str) -> Settings:
    (tmp_path / "data" / "learned").mkdir(parents=True)
    (tmp_path / "data" / "learned" / "lessons.jsonl").write_text(LESSONS, encoding="utf-8")
    database = ReviewDatabase(review_url)
    METADATA.drop_all(database.engine)
    METADATA.create_all(database.engine)
    database.close()
    environ = {"ENDPOINTS": "endpoints.yml", "CREDENTIALS": "credentials.yml", "REVIEW_DATABASE_URL": review_url}
    return Settings.read(environ, tmp_path)


def states(settings: Settings, **changes: str) -> dict[int, str]:
    """Writes three texts in these states where there are none, and returns the states of all."""
    database = ReviewDatabase(str(settings.review_database_url))
    with database.begin() as connection:
        for number, state in enumerate(changes.values(), start=1):
            values = {"id": number, "language": "en", "key": str(number), "text": "?", "first_at": 0, "last_at": 0}
            connection.execute(TEXTS.insert().values(**values, state=state))
        found = {row.id: row.state for row in connection.execute(select(TEXTS))}
    database.close()
    return found


def record(*batches: str) -> Record:
    return Record(Event.PROMOTED, "2026-11-21", "new.tar.gz", "", by="ann", before="old.tar.gz", batches=batches)


def test_texts_are_trained_with_the_model_and_landed_again_without_it(settings: Settings) -> None:
    states(settings, one="landed", two="landed", three="new")
    note_serving(settings, record("b1"), Deed.PROMOTE)
    assert states(settings) == {1: "trained", 2: "landed", 3: "new"}
    note_serving(settings, record("b1", "b2"), Deed.PROMOTE)
    assert states(settings) == {1: "trained", 2: "trained", 3: "new"}
    note_serving(settings, record(), Deed.ROLL_BACK)
    assert states(settings) == {1: "landed", 2: "landed", 3: "new"}


def test_a_text_that_was_opened_again_stays_so(settings: Settings) -> None:
    states(settings, one="labelled", two="ignored")
    note_serving(settings, record("b1"), Deed.PROMOTE)
    assert states(settings) == {1: "labelled", 2: "ignored"}


def test_the_deed_is_noted(settings: Settings) -> None:
    note_serving(settings, record("b1"), Deed.PROMOTE)
    database = ReviewDatabase(str(settings.review_database_url))
    with database.begin() as connection:
        (deed,) = connection.execute(select(ACTIONS)).all()
    database.close()
    assert (deed.who, deed.kind, deed.what, deed.which) == ("ann", "promote", "model", "new.tar.gz")
    assert deed.before == {"model": "old.tar.gz"}
    assert deed.after["event"] == "promoted"


def test_a_database_that_cannot_be_reached_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    url = f"sqlite:///{tmp_path / 'nowhere' / 'review.db'}"
    note_serving(Settings.read({"REVIEW_DATABASE_URL": url}), record("b1"), Deed.PROMOTE)
    assert "new.tar.gz serves, but the review database does not know it yet" in caplog.text
