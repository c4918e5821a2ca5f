"""What was answered before a crash is answered the same after it, and by any of several servers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from bot.models import TrainedModel
from tests.scenarios.serving import Served, start
from tests.scenarios.wechat import TOKEN, address, read, text_message

PATH = "wechat/webhook"


@pytest.fixture
def settings(model: TrainedModel, redis_url: str) -> dict[str, object]:
    return {"MODELS": model.file.parent, "WECHAT_TOKEN": TOKEN, "REDIS_URL": redis_url}


@pytest.fixture
def pair(settings: dict[str, object], tmp_path: Path) -> Iterator[list[Served]]:
    """Two servers that share a Redis."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    servers = [start(tmp_path / name, settings) for name in ("one", "two")]
    try:
        for server in servers:
            server.wait()
        yield servers
    finally:
        for server in servers:
            server.stop()


def deliver(server: Served, body: bytes) -> str:
    answer = server.post(PATH, params=address(), data=body)
    assert answer.status_code == 200
    return str(read(answer.text).content)


def test_two_servers_give_one_answer_and_go_on_after_a_crash_of_one(pair: list[Served]) -> None:
    first, second = pair
    asked = text_message("服务号一个月能群发几次？", "o-restart")
    contents: list[str] = []
    tries = [
        threading.Thread(target=lambda server=server: contents.append(deliver(server, asked)))  # type: ignore[misc]
        for server in (first, second, first)
    ]
    for each in tries:
        each.start()
    for each in tries:
        each.join()
    assert len(contents) == 3
    assert len(set(contents)) == 1
    assert "4次" in contents[0]
    first.kill()
    assert deliver(second, asked) == contents[0]
    with pytest.raises(requests.ConnectionError):
        deliver(first, asked)


def test_an_answer_outlives_its_server(model: TrainedModel, tmp_path: Path) -> None:
    asked = text_message("公众号认证要多少钱？", "o-crash")
    settings: dict[str, object] = {"MODELS": model.file.parent, "WECHAT_TOKEN": TOKEN}
    before = start(tmp_path, settings)
    before.wait()
    content = deliver(before, asked)
    before.kill()
    after = start(tmp_path, settings)
    try:
        after.wait()
        assert deliver(after, asked) == content
        assert "300元" in content
        follow_up = deliver(after, text_message("那多久审核完？", "o-crash"))
        assert "15个工作日" in follow_up, "the conversation goes on too"
    finally:
        after.stop()
