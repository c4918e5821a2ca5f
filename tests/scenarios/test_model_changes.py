"""Models change in a running server under continuous questions: nothing is lost, nothing late, nothing mixed up."""

from __future__ import annotations

import json
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
import requests

from bot.learning.promoting.clock import now
from bot.learning.promoting.history import Event, Record, append, read_history
from bot.learning.promoting.pointing import point
from bot.learning.promoting.serving import POINTER, sha256_of
from bot.learning.promoting.status import WATCH, status
from bot.learning.promoting.threshold_file import model_id_of
from bot.models import fingerprint, train_model
from tests.bot.learning.promoting.small import SmallProject
from tests.scenarios.serving import Served, start
from tests.scenarios.wechat import APP_ID, TOKEN, address, read, text_message

# What WeChat gives a bot for an answer; where none has come it sends the message again, twice. Slack gives three
# seconds to take a message in, which no model has a part in.
WECHAT_SECONDS, WECHAT_ATTEMPTS = 5.0, 3

SWAPS = 6
SECONDS_TO_CHANGE = 60

# A model of this project is some megabytes in memory; what is not given back would be there six times.
MOST_GROWTH = 60 * 2**20

FEE = "How much does verification cost?"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """A project with two models that are alike but for their names, the second of which serves."""
    small = SmallProject.into(tmp_path_factory.mktemp("changes") / "project")
    for name in ("first", "second"):
        train_model(small.settings, name=name)
        serve(small, f"{name}.tar.gz")
    return small


def serve(project: SmallProject, name: str) -> None:
    """Moves the pointer, as `wenhao promote` does."""
    file = project.settings.models / name
    trained_from = fingerprint(project.folder)
    id_ = model_id_of(file)
    point(project.settings, Record(Event.PROMOTED, now(), name, sha256_of(file), trained_from, model_id=id_))


@pytest.fixture(scope="module")
def server(project: SmallProject, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The project's server, with WeChat."""
    settings = {"WECHAT_TOKEN": TOKEN, "WECHAT_APP_ID": APP_ID}
    served = start(tmp_path_factory.mktemp("server"), settings, project.folder)
    try:
        served.wait()
        yield served
    finally:
        served.stop()


def answering(server: Served) -> str:
    return str(server.health().json()["model"])


def wait_for(server: Served, holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS_TO_CHANGE
    while not holds():
        assert time.monotonic() < deadline, server.log.read_text(encoding="utf-8")[-3000:]
        time.sleep(0.1)


@dataclass
class Asking:
    """Asks one question after the other in a thread of its own; notes the longest time and what went wrong."""

    ask: Callable[[], str]
    expected: str
    longest: float = 0.0
    answers: int = 0
    faults: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.ended.is_set():
            began = time.monotonic()
            try:
                said = self.ask()
            except (requests.RequestException, AssertionError) as error:
                self.faults.append(repr(error))
                continue
            self.longest = max(self.longest, time.monotonic() - began)
            self.answers += 1
            if self.expected not in said:
                self.faults.append(said)


def by_rest(server: Served) -> str:
    answer = server.post("rest/webhook", json={"sender": uuid.uuid4().hex, "message": FEE})
    return json.dumps(answer.json(), ensure_ascii=False)


def by_wechat(server: Served) -> str:
    message = text_message("公众号认证要多少钱？", f"o-{uuid.uuid4().hex}")
    for _ in range(WECHAT_ATTEMPTS):
        began = time.monotonic()
        answer = server.post("wechat/webhook", params=address(), data=message)
        assert answer.status_code == 200
        assert time.monotonic() - began < WECHAT_SECONDS
        if answer.text.startswith("<xml>"):
            return str(read(answer.text).content)
    raise AssertionError(f"no answer in {WECHAT_ATTEMPTS} attempts")


def test_models_change_under_continuous_questions(project: SmallProject, server: Served) -> None:
    asking = [Asking(lambda: by_rest(server), "300 yuan"), Asking(lambda: by_wechat(server), "300元")]
    threads = [threading.Thread(target=each.run) for each in asking]
    process = psutil.Process(server.process.pid)
    sizes = []
    for thread in threads:
        thread.start()
    try:
        for swap in range(SWAPS):
            name = ("first.tar.gz", "second.tar.gz")[swap % 2]
            serve(project, name)
            wait_for(server, lambda name=name: answering(server) == name)  # type: ignore[misc]
            sizes.append(process.memory_info().rss)
    finally:
        for each in asking:
            each.ended.set()
        for thread in threads:
            thread.join(30)
    print(f"longest: {[round(each.longest, 2) for each in asking]} s, answers: {[each.answers for each in asking]}")
    print(f"MiB after each change: {[size // 2**20 for size in sizes]}")
    assert [each.faults for each in asking] == [[], []]
    assert asking[0].longest < WECHAT_SECONDS
    assert all(each.answers > 20 for each in asking)
    assert sizes[-1] - sizes[1] < MOST_GROWTH


def test_a_conversation_goes_on_over_a_change(project: SmallProject, server: Served) -> None:
    def ask(text: str) -> list[str]:
        answer = server.post("rest/webhook", json={"sender": "ann-who-stays", "message": text})
        return list(answer.json()[1]["custom"]["facts"])

    assert ask("Can a service account have a custom menu?")
    other = "first.tar.gz" if answering(server) == "second.tar.gz" else "second.tar.gz"
    serve(project, other)
    wait_for(server, lambda: answering(server) == other)
    assert ask("and a subscription account?") == ["menu.subscription"]


def broken(project: SmallProject) -> None:
    """Promotes a file whose hash is right, but which is no model."""
    file = project.settings.models / "broken.tar.gz"
    file.write_bytes(b"no archive")
    serve_anyhow(project, file)


def serve_anyhow(project: SmallProject, file: Path) -> None:
    trained_from = fingerprint(project.folder)
    point(project.settings, Record(Event.FORCED, now(), file.name, sha256_of(file), trained_from))


def test_a_model_that_cannot_be_loaded_changes_nothing(project: SmallProject, server: Served) -> None:
    before = answering(server)
    broken(project)
    wait_for(server, lambda: server.health().json().get("failed") == "broken.tar.gz")
    assert answering(server) == before
    assert "300 yuan" in by_rest(server)
    assert "The model that was promoted can't be loaded" in server.log.read_text(encoding="utf-8")
    last = read_history(project.settings.models)[-1]
    assert (last.event, last.model, last.before) == (Event.FAILED, "broken.tar.gz", before)

    (project.settings.models / POINTER).write_text("{ half", encoding="utf-8")
    wait_for(server, lambda: server.health().json().get("failed") == POINTER)
    assert "300 yuan" in by_rest(server)

    serve(project, before)
    wait_for(server, lambda: "failed" not in server.health().json())
    assert answering(server) == before


def test_a_server_that_starts_with_a_broken_model_takes_the_last_good_one(
    project: SmallProject, tmp_path: Path
) -> None:
    serve(project, "first.tar.gz")
    broken(project)
    served = start(tmp_path, {}, project.folder)
    try:
        served.wait()
        assert answering(served) == "first.tar.gz"
        assert "300 yuan" in by_rest(served)
        assert "broken.tar.gz can't be loaded" in served.log.read_text(encoding="utf-8")
    finally:
        served.stop()
        append(project.settings.models, Record(Event.ADOPTED, now(), "first.tar.gz", ""))


def test_what_is_left_unanswered_is_watched(project: SmallProject, tmp_path: Path) -> None:
    own = SmallProject(Path(shutil.copytree(project.folder, tmp_path / "project")))
    serve(own, "first.tar.gz")
    file = own.settings.models / WATCH
    file.unlink(missing_ok=True)

    def counts() -> dict[str, dict[str, int]]:
        found = status(own.settings).watch
        return {period: dict(found[period]) for period in ("before", "now")} if found else {}

    served = start(tmp_path, {}, own.folder)
    try:
        served.wait()
        for text in (FEE, FEE, "what is the weather like in Rome"):
            served.post("rest/webhook", json={"sender": uuid.uuid4().hex, "message": text})
        serve(own, "second.tar.gz")
        wait_for(served, lambda: answering(served) == "second.tar.gz")
        wait_for(served, lambda: bool(counts()))
        assert counts() == {
            "before": {"messages": 3, "unanswered": 1},
            "now": {"messages": 0, "unanswered": 0},
        }
        served.post("rest/webhook", json={"sender": uuid.uuid4().hex, "message": FEE})
    finally:
        served.stop()
    # A server that starts while it is watched goes on with it, and looks at once.
    served = start(tmp_path, {}, own.folder)
    try:
        wait_for(served, lambda: counts()["now"] == {"messages": 1, "unanswered": 0})
    finally:
        served.stop()
    assert "Not answered since the change: 0 of 1 messages; before: 1 of 3." in own.run("promote", "--status").stdout
