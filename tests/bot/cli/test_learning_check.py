"""`wenhao doctor` on learning: what is there, what waits, what is wrong; and looking makes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Optional

import pytest

from actions.settings import TUNING
from bot.cli.learning_check import check_learning
from bot.learning.collecting.key import read_key
from bot.learning.database import ReviewDatabase, find_review_database
from bot.learning.deciding import label
from bot.learning.landing import land
from bot.learning.promoting.threshold_file import write_thresholds
from bot.learning.schema import METADATA
from bot.settings import Settings
from tests.bot.cli.here import run_here
from tests.bot.learning.reviewing import add_group, add_text, database, files_of, postgres_url, settings, sqlite

__all__ = ["database", "postgres_url", "settings", "sqlite"]


def found(settings: Settings) -> dict[str, tuple[Optional[bool], str]]:
    return {finding.subject: (finding.good, finding.says) for finding in check_learning(settings)}


@pytest.mark.parametrize("named", [True, False])
def test_where_nothing_was_ever_pulled_nothing_is_made(settings: Settings, named: bool) -> None:
    looked_at = settings if named else replace(settings, review_database_url=None)
    before = files_of(settings)
    told = found(looked_at)
    assert list(told) == ["review database", "lessons", "thresholds"]
    assert {good for good, _ in told.values()} == {None}
    assert "'wenhao logs pull'" in told["review database"][1]
    assert files_of(settings) == before
    assert not (settings.project / "var").exists()
    assert not (settings.project / "review.db").exists()


def test_no_table_is_made_in_a_database_that_is_there(database: ReviewDatabase, settings: Settings) -> None:
    named = replace(settings, review_database_url=database.engine.url.render_as_string(hide_password=False))
    METADATA.drop_all(database.engine)
    assert found(named)["review database"][0] is None
    assert find_review_database(named) is None


def test_what_waits_is_counted(database: ReviewDatabase, settings: Settings) -> None:
    settings = replace(settings, review_database_url=database.engine.url.render_as_string(hide_password=False))
    group = add_group(database)
    for text in ("can it send faxes", "do you send a fax"):
        add_text(database, text, group=group, score=1.0)
    decided = add_text(database, "is a menu possible", score=1.0)
    read_key(settings)
    assert found(settings)["review database"] == (True, "opens; 3 texts in 1 groups wait for review")
    assert found(settings)["review key"][0] is True
    label(database, settings, {decided: 0}, "ask_menu", "ann", use="train")
    land(database, settings, "ann")
    assert found(settings)["review database"][1].startswith("opens; 2 texts")
    assert found(settings)["lessons"][1].startswith("1 of 1 wait for promotion: 'wenhao train --candidate'")


def test_a_key_that_is_gone_is_told(sqlite: ReviewDatabase, settings: Settings) -> None:
    assert found(settings)["review key"][0] is None
    assert not (settings.project / "var").exists()
    add_text(sqlite, "can it send faxes")
    good, says = found(settings)["review key"]
    assert good is False and "review.key is gone" in says
    assert found(replace(settings, review_key="0123456789abcdef"))["review key"] == (True, "set in REVIEW_KEY")
    assert "too short" in found(replace(settings, review_key="short"))["review key"][1]


def test_a_database_that_cannot_be_opened(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "broken.db"
    file.write_bytes(b"no database at all, but long enough to be looked at " * 100)
    good, says = found(replace(settings, review_database_url=f"sqlite:///{file}"))["review database"]
    assert good is False and "REVIEW_DATABASE_URL" in says
    for url in (f"sqlite:///{tmp_path / 'no' / 'folder.db'}", "mysql+nonsense://w@127.0.0.1/x"):
        assert found(replace(settings, review_database_url=url))["review database"][0] is False
    good, says = found(replace(settings, review_database_url="postgresql://w:hunter2@127.0.0.1:1/none"))[
        "review database"
    ]
    assert good is False and "hunter2" not in says


def test_lessons_that_cannot_be_read_and_thresholds_that_are_none(settings: Settings) -> None:
    (settings.project / "data" / "learned").mkdir(parents=True)
    (settings.project / "data" / "learned" / "lessons.jsonl").write_text("<<<<<<<\n", encoding="utf-8")
    write_thresholds(settings.models / TUNING, {"model-1": {"en": 0.2, "zh": 0.3}})
    told = found(settings)
    assert told["lessons"][0] is False and "lessons.jsonl:1: is no JSON" in told["lessons"][1]
    assert told["thresholds"][0] is True and told["thresholds"][1].endswith("has those of 1 models")
    (settings.models / TUNING).write_text("model-1: {en: 7}\n", encoding="utf-8")
    good, says = found(settings)["thresholds"]
    assert good is False and "7 is no probability" in says


def test_the_command_shows_it(tmp_path: Path) -> None:
    report = run_here("doctor", REVIEW_DATABASE_URL=f"sqlite:///{tmp_path / 'none.db'}", STATE_FILE=tmp_path / "s.db")
    assert "-     review database: none: nothing was collected yet" in report.stdout
    assert not (tmp_path / "none.db").exists()
