"""The real server killed in the middle of its work: another goes on, and each question has exactly one answer."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.channels.slack.rehearsal.workspace import BOT_TOKEN, BOT_USER
from bot.models import TrainedModel
from tests.scenarios.conftest import SLACK_SECRET
from tests.scenarios.serving import Served, start
from tests.scenarios.test_slack import direct_message, send

QUESTIONS = 30
RETRY = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}


def test_nothing_is_lost_and_nothing_twice_over_a_kill(model: TrainedModel, tmp_path: Path) -> None:
    with ApiStandIn().in_thread() as slack:
        channels = [f"D{1000 + number}" for number in range(QUESTIONS)]
        for channel in channels:
            slack.workspace.add_channel(channel, ["U1", BOT_USER])
        # So that some posts are cut off between Slack's taking them and our noting it.
        slack.fail("chat.postMessage", times=QUESTIONS, delay=0.05)
        bodies = [direct_message("How much does verification cost?", channel) for channel in channels]
        with _two_servers(model, slack, tmp_path) as (first, second):
            with ThreadPoolExecutor(8) as pool:
                assert set(pool.map(lambda body: send(first, body).status_code, bodies)) == {200}
            slack.wait(lambda: len(slack.record.posts) >= 3)
            first.process.kill()
            first.process.wait(10)
            answered = len(slack.record.posts)
            for body in bodies:
                assert send(second, body, **RETRY).status_code == 200
            slack.wait(lambda: len(slack.record.posts) >= QUESTIONS, 20)
            time.sleep(1)

        assert answered < QUESTIONS
        assert Counter(post["channel"] for post in slack.record.posts) == dict.fromkeys(channels, 1)
        assert all("300 yuan" in post["text"] for post in slack.record.posts)


@contextmanager
def _two_servers(model: TrainedModel, slack: ApiStandIn, folder: Path) -> Iterator[list[Served]]:
    """Two servers over one state, as one and its successor are."""
    settings = {
        "MODELS": model.file.parent,
        "STATE_FILE": folder / "state.db",
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SLACK_SECRET,
        "SLACK_API_BASE_URL": slack.url,
    }
    servers = []
    try:
        for name in ("first", "second"):
            (folder / name).mkdir()
            servers.append(start(folder / name, settings))
        for server in servers:
            server.wait()
        yield servers
    finally:
        for server in servers:
            server.stop()
