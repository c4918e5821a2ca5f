"""A process that is killed while it lands or undoes leaves the old state or the new one, in files and database."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from pathlib import Path
from typing import Optional

import pytest

from bot.learning.database import ReviewDatabase
from bot.learning.deciding import label, make_draft
from bot.learning.landing import land, recover, undo
from bot.learning.landing.files import JOURNAL, Steps
from bot.settings import Settings
from tests.bot.learning.reviewing import (
    REFUND,
    REFUND_TEXTS,
    add_text,
    add_texts,
    everything,
    files_of,
    settings_of,
    text_row,
)

# Each process is the copy of one that has imported everything and done nothing.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])

State = tuple[dict[str, bytes], dict[str, list[dict[str, object]]]]


class Killing(Steps):
    """Kills this process at a step, as `kill -9` does; notes the steps where it is to kill at none."""

    def __init__(self, at: Optional[int]) -> None:
        self.at = at
        self.names: list[str] = []

    def reached(self, step: str) -> None:
        """Dies here where it is the step to die at."""
        if self.at == len(self.names):
            os.kill(os.getpid(), signal.SIGKILL)
        self.names.append(step)


def killed(project: Path, url: str, batch: Optional[str], at: int) -> None:
    """Lands, or undoes a batch, in a process of its own that dies at a step."""
    process = PROCESSES.Process(target=change, args=(project, url, batch, at))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def change(project: Path, url: str, batch: Optional[str], at: Optional[int]) -> list[str]:
    """Lands, or undoes a batch, and returns the steps."""
    settings, steps = settings_of(project, url), Killing(at)
    database = ReviewDatabase(url)
    if batch is None:
        land(database, settings, "ann", steps=steps)
    else:
        undo(database, settings, batch, "ann", steps=steps)
    database.close()
    return steps.names


def state_of(database: ReviewDatabase, settings: Settings) -> State:
    """Returns what files and database hold, but for what is different in each landing."""
    texts = {"review_texts": everything(database)["review_texts"], "drafts": everything(database)["review_drafts"]}
    learned = {name: content for name, content in files_of(settings).items() if "lessons.jsonl" not in name}
    return learned, texts


STEPS = (
    "begin",
    "journal learned.yml",
    "journal learned.yml",
    "journal learned.yml",
    "journal learned.yml",
    "journal learned.jsonl",
    "journal lessons.jsonl",
    "journal whole",
    "recorded",
    "committed",
    "placed data/rule_table/learned.yml",
    "placed domain/learned.yml",
    "placed data/rules/learned.yml",
    "placed data/nlu/learned.yml",
    "placed tests/golden/learned.jsonl",
    "placed data/learned/lessons.jsonl",
    "manifest gone",
    "end",
)
DECIDED = STEPS.index("committed")

# The steps before the database takes part are the same with every database, and all files of the journal are alike.
OF_FILES = [STEPS.index(step) for step in ("begin", "journal learned.yml", "journal lessons.jsonl")]
OF_BOTH = list(range(STEPS.index("journal whole"), len(STEPS)))


def test_every_step_leaves_the_old_state_or_the_new_one(
    database: ReviewDatabase, settings: Settings, tmp_path: Path
) -> None:
    seen = add_texts(database, REFUND_TEXTS, people=3)
    make_draft(database, settings, REFUND, "ann", seen)
    url = str(database.engine.url.render_as_string(hide_password=False))
    old = state_of(database, settings)
    assert tuple(change(settings.project, url, None, None)) == STEPS
    new = state_of(database, settings)
    batch = batch_of(settings)
    assert tuple(change(settings.project, url, batch, None)) == STEPS
    for at in OF_BOTH if url.startswith("postgresql") else OF_FILES + OF_BOTH:
        step = STEPS[at]
        before, after = (None, old, new), (True, new, old)
        for wanted, left, came in (before, after):
            undone = batch_of(settings) if wanted else None
            killed(settings.project, url, undone, at)
            recovered = recover(settings, database)
            assert (recovered is not None) == (DECIDED <= at < STEPS.index("manifest gone")), step
            assert not (settings.project / JOURNAL).exists()
            now = state_of(database, settings)
            assert now == (left if at < DECIDED else came), step
            if now == left:
                change(settings.project, url, undone, None)
            assert state_of(database, settings) == came, step


def batch_of(settings: Settings) -> str:
    """Returns the batch of the lessons that stand in the project."""
    line = (settings.project / "data/learned/lessons.jsonl").read_text(encoding="utf-8").split("\n")[0]
    return line.split('"batch": "')[1].split('"')[0]


def test_the_next_landing_recovers_by_itself(sqlite: ReviewDatabase, settings: Settings) -> None:
    first, second = add_text(sqlite, "is a menu possible"), add_text(sqlite, "where are the menus")
    label(sqlite, settings, {first: 0}, "ask_menu", "ann", use="train")
    killed(settings.project, str(settings.review_database_url), None, 5)
    label(sqlite, settings, {second: 0}, "ask_menu", "ann", use="train")
    assert land(sqlite, settings, "ben").examples == 1
    assert b"where are the menus" in files_of(settings)["data/nlu/learned.yml"]
    assert text_row(sqlite, first)["state"] == "landed"


def test_a_journal_that_is_half_written_is_dropped(sqlite: ReviewDatabase, settings: Settings) -> None:
    journal = settings.project / JOURNAL
    for half in ("", '{"batch": "2026', '{"files": {}}', '{"batch": "of another database", "files": {}}'):
        journal.mkdir(parents=True)
        (journal / "manifest.json").write_text(half, encoding="utf-8")
        assert recover(settings) is None and not journal.exists()
    shutil.rmtree(settings.project / "data/learned")
    assert recover(settings) is None and not (settings.project / "data/learned").exists()


def test_a_failing_database_leaves_everything_as_it_was(sqlite: ReviewDatabase, settings: Settings) -> None:
    class Failing(Steps):
        def reached(self, step: str) -> None:
            if step == "recorded":
                raise RuntimeError("the disk is full")

    label(sqlite, settings, add_texts(sqlite, ("is a menu possible",)), "ask_menu", "ann")
    before = files_of(settings), everything(sqlite)
    with pytest.raises(RuntimeError, match="disk is full"):
        land(sqlite, settings, "ann", steps=Failing())
    assert (files_of(settings), everything(sqlite)) == before
