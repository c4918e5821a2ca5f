"""Two running servers: one with WeChat in plain mode and Slack, one with WeChat in safe mode."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.models import TrainedModel
from tests.scenarios.serving import Served, start
from tests.scenarios.slack_api import SlackApi, slack_api
from tests.scenarios.wechat import AES_KEY, APP_ID, TOKEN

SLACK_TOKEN = "xoxb-token-of-the-tests"
SLACK_SECRET = "signing-secret-of-the-tests"


@pytest.fixture(scope="package")
def slack() -> Iterator[SlackApi]:
    """The stand-in for Slack's Web API."""
    with slack_api() as api:
        yield api


@pytest.fixture(scope="package")
def servers(
    model: TrainedModel, slack: SlackApi, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, Served]]:
    """Both servers, started at the same time."""
    shared = {"MODELS": model.file.parent, "WECHAT_TOKEN": TOKEN, "WECHAT_APP_ID": APP_ID}
    of_slack = {"SLACK_BOT_TOKEN": SLACK_TOKEN, "SLACK_SIGNING_SECRET": SLACK_SECRET, "SLACK_API_BASE_URL": slack.url}
    started = (
        start(tmp_path_factory.mktemp("plain"), {**shared, **of_slack}),
        start(tmp_path_factory.mktemp("safe"), {**shared, "WECHAT_ENCODING_AES_KEY": AES_KEY}),
    )
    try:
        for served in started:
            served.wait()
        yield started
    finally:
        for served in started:
            served.stop()


@pytest.fixture
def server(servers: tuple[Served, Served]) -> Iterator[Served]:
    """The server with WeChat in plain mode and Slack; still alive after each test."""
    yield servers[0]
    assert servers[0].health().json()["status"] == "ok"


@pytest.fixture
def safe_server(servers: tuple[Served, Served]) -> Iterator[Served]:
    """The server with WeChat in safe mode; still alive after each test."""
    yield servers[1]
    assert servers[1].health().json()["status"] == "ok"
