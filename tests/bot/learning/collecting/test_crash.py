"""Killed at any moment, collecting goes on where it was and loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select, text

from bot.learning.schema import MESSAGES
from tests.bot.learning.collecting.conftest import Collection
from tests.bot.learning.collecting.test_pulling import kept_in, simulated
from tests.programs import COMMAND, ROOT, environment

# Small pages, each of them slow enough to be hit.
PROGRAM = """
import sys, time
from bot.learning.collecting.collector import open_pull
from bot.settings import Settings
with open_pull(Settings.read(), page=int(sys.argv[1])) as run:
    run.run(lambda *told: (print("page", flush=True), time.sleep(float(sys.argv[2]))))
"""


@pytest.mark.parametrize("pages", [1, 4])
def test_killed_and_started_again_it_keeps_what_one_run_keeps(collection: Collection, pages: int) -> None:
    collection.write(simulated(200))
    settings = environment(
        DATABASE_URL=collection.source,
        REVIEW_DATABASE_URL=collection.review.engine.url.render_as_string(hide_password=False),
        REVIEW_KEY="a key for tests, long enough",
        REVIEW_DAYS="3650",
    )
    _kill_after(pages, settings)
    with collection.review.begin() as connection:
        so_far = connection.execute(select(func.count()).select_from(MESSAGES)).scalar()
    done = subprocess.run([*COMMAND, "logs", "pull"], cwd=ROOT, env=settings, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    resumed = kept_in(collection)
    assert 0 < so_far < len(resumed)
    with collection.review.begin() as connection:
        for name in ("review_messages", "review_texts", "review_marks"):
            connection.execute(text(f"DELETE FROM {name}"))
    collection.pull(now=time.time(), days=3650)
    assert resumed == kept_in(collection)


def _kill_after(pages: int, settings: dict[str, str]) -> None:
    """Starts collecting and kills it in the middle of the page after so many."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "40", "0.02"],
        cwd=ROOT,
        env=settings,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout
    for _ in range(pages):
        assert process.stdout.readline() == b"page\n"
    time.sleep(0.03)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
