"""`wenhao logs pull`, `purge` and `erase`, in processes of their own."""

from __future__ import annotations

import sqlite3
import stat
import time
from pathlib import Path

import pytest

from benchmarks.learning.tracker_log import Row, Said, beginning, feedback, turn, write
from tests.programs import wenhao

KEY = "a key for tests, long enough"


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    """The settings of two databases in a folder."""
    return {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'log.db'}",
        "REVIEW_DATABASE_URL": f"sqlite:///{tmp_path / 'review.db'}",
        "REVIEW_KEY": KEY,
    }


def conversation(at: float) -> list[Row]:
    """Returns a conversation with everything that the command tells of."""
    first = Said("认证要多少钱", suggestions=("审核要多久？",), message_id="m1")
    said = (first, Said("审核要多久？"), Said("/restart"), Said("我的秘密"), Said("能退吗"))
    turns = [turn("anna", at + number, each) for number, each in enumerate(said)]
    rows = [*beginning("anna", at), *(row for rows in turns for row in rows)]
    broken = next(row for row in rows if row["type_name"] == "user" and "\\u79d8\\u5bc6" in row["data"])
    broken["data"] = broken["data"].replace('"parse_data"', '"nothing"')
    return [*rows, feedback("anna", at + 9, "unsolved", "m1")]


def test_what_is_new_is_collected_and_told(settings: dict[str, str]) -> None:
    write(settings["DATABASE_URL"], conversation(time.time() - 5000))
    done = wenhao("logs", "pull", settings=settings)
    assert done.returncode == 0, done.stderr
    first, *others = done.stdout.splitlines()
    assert first.startswith("2 messages kept in ")
    assert first.endswith(" s, with 2 new texts.")
    assert others == [
        "Not kept, commands and payloads: 1.",
        "Not kept, tapped suggestions: 1.",
        "Verdicts on answers: 1.",
        "Rows of the tracker store that can't be read, left out: 1.",
        "  event 25: parse_data is no object",
    ]
    assert "秘密" not in done.stdout + done.stderr
    again = wenhao("logs", "pull", settings=settings)
    assert again.stdout.startswith("0 messages kept in ")
    assert "can't be read" not in again.stdout


def test_a_person_is_erased_once_that_is_confirmed(settings: dict[str, str]) -> None:
    write(settings["DATABASE_URL"], conversation(time.time() - 5000))
    wenhao("logs", "pull", settings=settings)
    refused = wenhao("logs", "erase", "anna", lines="n\n", settings=settings)
    assert refused.returncode == 1
    nobody = wenhao("logs", "erase", "ben", "--yes", settings=settings)
    assert "Nothing of this person is kept" in nobody.stdout
    done = wenhao("logs", "erase", "anna", lines="y\n", settings=settings)
    assert "2 messages and 2 texts deleted." in done.stdout


def test_what_is_old_is_purged(settings: dict[str, str]) -> None:
    write(settings["DATABASE_URL"], conversation(time.time() - 40 * 86_400))
    wenhao("logs", "pull", settings=settings)
    assert wenhao("logs", "purge", settings=settings).stdout == "0 messages and 0 texts deleted.\n"
    fewer = {**settings, "REVIEW_DAYS": "30"}
    assert wenhao("logs", "purge", settings=fewer).stdout == "2 messages and 2 texts deleted.\n"


def endpoints(folder: Path, content: str) -> str:
    """Writes endpoints of one's own."""
    file = folder / "endpoints.yml"
    file.write_text(content, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("command", [("logs", "pull")])
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"DATABASE_URL": "sqlite:////nowhere/log.db"},
            "there are no conversations yet: /nowhere/log.db does not",
        ),
        ({"DATABASE_URL": "no address"}, "the address of the conversations can't be used"),
        ({"DATABASE_URL": "postgresql://a:hunter2@127.0.0.1:1/b"}, "the conversations can't be read"),
        ({"DATABASE_URL": "mysql://a:hunter2@127.0.0.1:1/b"}, "the address of the conversations can't be used"),
        ({"REVIEW_KEY": "short"}, "the key in REVIEW_KEY is too short: write 16 characters or more"),
        ({"REVIEW_DAYS": "never"}, "REVIEW_DAYS is no number of days"),
        ({"DATABASE_URL": "", "ENDPOINTS": "redis"}, "the conversations are kept in redis, and only those in SQL"),
        ({"DATABASE_URL": "", "ENDPOINTS": "none"}, "the conversations are kept in memory"),
    ],
)
def test_what_can_not_be_used_is_said_in_one_line(
    settings: dict[str, str], tmp_path: Path, command: tuple[str, ...], change: dict[str, str], told: str
) -> None:
    write(settings["DATABASE_URL"], conversation(time.time()))
    contents = {
        "redis": "tracker_store: {type: redis, url: localhost}\n",
        "none": "action_endpoint: {url: in_process}\n",
    }
    if "ENDPOINTS" in change:
        change = {**change, "ENDPOINTS": endpoints(tmp_path, contents[change["ENDPOINTS"]])}
    done = wenhao(*command, settings={**settings, **change})
    error = done.stderr.removeprefix("Opening the conversations ...\n")
    assert (done.returncode, error.count("\n"), done.stdout) == (1, 1, "")
    assert error.startswith(f"wenhao: {told}")
    assert "hunter2" not in error


def test_a_database_of_something_else_is_said(settings: dict[str, str], tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "log.db").execute("CREATE TABLE other (id)").connection.close()
    done = wenhao("logs", "pull", settings=settings)
    assert (done.returncode, "holds no conversations of Rasa" in done.stderr) == (1, True)
    (tmp_path / "log.db").write_bytes(b"no database at all, whatever its name" * 100)
    done = wenhao("logs", "pull", settings=settings)
    assert (done.returncode, "the conversations can't be read" in done.stderr) == (1, True)


def test_a_locked_database_is_said(settings: dict[str, str], tmp_path: Path) -> None:
    write(settings["DATABASE_URL"], conversation(time.time() - 5000))
    wenhao("logs", "purge", settings=settings)
    with sqlite3.connect(tmp_path / "review.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        done = wenhao("logs", "pull", settings=settings)
        other.execute("ROLLBACK")
    other.close()
    assert done.returncode == 1
    assert "wenhao: the review database failed (database is locked)" in done.stderr
    assert wenhao("logs", "pull", settings=settings).stdout.startswith("2 messages kept")


def test_endpoints_name_the_store_and_nothing_is_made_there(settings: dict[str, str], tmp_path: Path) -> None:
    named = f"tracker_store: {{type: SQL, dialect: sqlite, db: {tmp_path / 'log.db'}}}\n"
    given = {**settings, "DATABASE_URL": "", "ENDPOINTS": endpoints(tmp_path, named)}
    assert wenhao("logs", "pull", settings=given).returncode == 1
    assert not (tmp_path / "log.db").exists()
    write(settings["DATABASE_URL"], conversation(time.time() - 5000))
    before = stat.S_IMODE((tmp_path / "log.db").stat().st_mode)
    assert wenhao("logs", "pull", settings=given).stdout.startswith("2 messages kept")
    assert stat.S_IMODE((tmp_path / "log.db").stat().st_mode) == before
