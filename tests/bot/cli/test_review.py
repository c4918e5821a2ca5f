"""`wenhao review`: the process, its link, and tokens."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Iterator

import pytest
import requests

from tests.programs import COMMAND, ROOT, environment, wenhao


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, object]:
    return {"REVIEW_DATABASE_URL": f"sqlite:///{tmp_path / 'review.db'}", "STATE_FILE": tmp_path / "state.db"}


@pytest.fixture
def address(settings: dict[str, object], free_port: int) -> Iterator[tuple[str, str]]:
    """A review that runs: its address and its link."""
    command = [*COMMAND, "review", "--port", str(free_port), "--name", "Ann"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(**settings), stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        link = program.stdout.readline().strip()
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                requests.get(f"http://127.0.0.1:{free_port}/login", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{free_port}", link
        program.terminate()
        assert program.wait(15) in (0, -15)


def enter(link: str) -> requests.Session:
    client = requests.Session()
    address, _, token = link.partition("/enter?token=")
    client.post(f"{address}/login", data={"link": token}, timeout=10)
    return client


def test_links_and_tokens_let_in(address: tuple[str, str], settings: dict[str, object]) -> None:
    at, link = address
    assert link.startswith(f"{at}/enter?token=")
    assert "Ann" in enter(link).get(f"{at}/", timeout=30).text
    assert "Go on" not in enter(link).get(f"{at}/", timeout=30).text, "it works once"
    port = at.rpartition(":")[2]
    another = wenhao("review", "link", "--name", "Bo", "--port", port, settings=settings)
    assert "Bo" in enter(another.stdout.strip()).get(f"{at}/", timeout=30).text
    token = wenhao("review", "token", "老王", "--language", "zh", settings=settings).stdout.strip()
    client = requests.Session()
    client.post(f"{at}/login", data={"token": token}, timeout=10)
    assert "待审" in client.get(f"{at}/", timeout=30).text
    assert wenhao("review", "token", "老王", "--remove", settings=settings).returncode == 0
    assert "待审" not in client.get(f"{at}/", timeout=30).text


def test_what_is_wrong_is_told(settings: dict[str, object], address: tuple[str, str]) -> None:
    port = address[0].rpartition(":")[2]
    taken = wenhao("review", "--port", port, settings=settings)
    assert taken.returncode == 1 and "give another --port" in taken.stderr
    wrong = wenhao("review", settings={**settings, "REVIEW_URL": "review.example"})
    assert wrong.returncode == 1 and "REVIEW_URL" in wrong.stderr
    for arguments, says in (
        (("Ann", "--language", "fr"), "give --language en or zh"),
        (("Nobody", "--remove"), "there is no reviewer 'Nobody'"),
        (("x" * 41,), "1 to 40 characters"),
    ):
        answer = wenhao("review", "token", *arguments, settings=settings)
        assert answer.returncode == 1 and says in answer.stderr and "Traceback" not in answer.stderr
