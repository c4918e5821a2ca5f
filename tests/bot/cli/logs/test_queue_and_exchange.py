"""`wenhao logs queue`, `export`, `import` and `digest`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from sqlalchemy import select

from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.learning.database import ReviewDatabase
from bot.learning.queueing.refreshing import refresh
from bot.learning.schema import GROUPS, TEXTS
from tests.bot.channels.slack.slack_side import CREDENTIALS
from tests.bot.learning.asking import ask, clock
from tests.bot.learning.reviewing import add_group
from tests.programs import wenhao

HOSTILE = "[red]=cmd|' /C calc'!A0[/red]\u202e<script>\x1b[2J"
Logs = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def logs(tmp_path: Path) -> Logs:
    settings = {"REVIEW_DATABASE_URL": f"sqlite:///{tmp_path / 'review.db'}", "STATE_FILE": tmp_path / "state.db"}
    return lambda *given, **more: wenhao("logs", *given, settings={**settings, **more})


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[ReviewDatabase]:
    database = ReviewDatabase(f"sqlite:///{tmp_path / 'review.db'}")
    ask(database, HOSTILE, ["ann", "bob"], act="refused")
    ask(database, "能发传真吗", act="asked back")
    refresh(database, [], "", clock)
    yield database
    database.close()


def test_the_queue_is_a_table_of_plain_text(logs: Logs, filled: ReviewDatabase) -> None:
    found = logs("queue")
    assert found.returncode == 0, found.stderr
    assert "[red]=cmd" in found.stdout and "能发传真吗" in found.stdout and "unanswered" in found.stdout
    assert "\x1b" not in found.stdout and "\u202e" not in found.stdout
    assert "2 texts wait, in 0 groups. 2 shown." in found.stdout

    assert "1 shown" in logs("queue", "--language", "zh", "--reason", "unanswered").stdout
    assert "0 shown" in logs("queue", "--reason", "unsolved").stdout
    assert logs("queue", "--reason", "nonsense").returncode == 2


def test_an_empty_queue_says_what_to_do(logs: Logs) -> None:
    assert "wenhao logs pull" in logs("queue").stdout


def test_labels_go_out_and_come_back(logs: Logs, filled: ReviewDatabase, tmp_path: Path) -> None:
    file = tmp_path / "queue.jsonl"
    assert "2 texts written" in logs("export", str(file)).stderr
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n")[:-1]]
    assert lines[0]["text"] == HOSTILE
    lines[0]["label"], lines[1]["label"] = "out_of_scope", "ask_nothing_known"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")

    refused = logs("import", str(file))
    assert refused.returncode == 1
    assert f"{file}:2: there is no intent" in refused.stderr and "nothing was imported" in refused.stderr
    assert _states(filled) == ["new", "new"]

    taken = logs("import", str(file), "--skip-bad", "--who", "eve")
    assert taken.returncode == 0, taken.stderr
    assert "1 texts labelled" in taken.stdout and "1 bad ones" in taken.stdout
    assert _states(filled) == ["labelled", "new"]


def _states(database: ReviewDatabase) -> list[str]:
    with database.begin() as connection:
        return list(connection.execute(select(TEXTS.c.state).order_by(TEXTS.c.id)).scalars())


async def test_the_digest_is_posted_once(logs: Logs, filled: ReviewDatabase) -> None:
    assert "No new groups" in logs("digest", "--dry-run").stdout
    group = add_group(filled, "faxes")
    with filled.begin() as connection:
        connection.execute(TEXTS.update().values(group_id=group))
        connection.execute(GROUPS.update().values(made_at=time.time(), people=2, messages=3))
    shown = logs("digest", "--dry-run", REVIEW_URL="https://wenhao.test/review")
    assert json.loads(shown.stdout)[0]["blocks"] and "https://wenhao.test/review|" in shown.stdout

    async with ApiStandIn() as api:
        told = {"SLACK_BOT_TOKEN": CREDENTIALS["bot_token"], "SLACK_SIGNING_SECRET": "s", "SLACK_API_BASE_URL": api.url}
        assert "name the channel" in (await _run(logs, "digest", **told)).stderr
        for _ in range(2):
            done = await _run(logs, "digest", "--channel", "C1", "--language", "zh", **told)
            assert done.returncode == 0, done.stderr
        posts = [post for post in api.record.posts if post["channel"] == "C1"]
        assert len(posts) == 1 and "faxes" in json.dumps(posts[0])
    without = logs("digest", "--channel", "C1", SLACK_SIGNING_SECRET="s", SLACK_APP_TOKEN="xapp-1")
    assert without.returncode == 1 and "wenhao:" in without.stderr


async def _run(logs: Logs, *given: str, **settings: str) -> CompletedProcess[str]:
    import asyncio

    return await asyncio.to_thread(logs, *given, **settings)
