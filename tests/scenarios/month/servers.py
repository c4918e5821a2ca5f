"""The project's own servers: the bot that people ask, and the review."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tests.scenarios.month.project import project_environment

MOST_SECONDS = 120.0


@dataclass
class Server:
    """A program that was started, and what it prints."""

    process: subprocess.Popen[str]
    address: str

    def kill(self) -> None:
        """Ends it without a chance to put anything in order."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def started(project: Path, port: int, *arguments: str) -> Iterator[Server]:
    """Starts a server on a port of the loopback interface, and ends it in the end."""
    command = [sys.executable, "-u", "-m", "bot", *arguments, "--port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=project,
        env=project_environment(project),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield Server(process, f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(20)
        assert process.stdout is not None
        process.stdout.close()


class Bot:
    """The bot as people meet it on its page: each of them a conversation of their own."""

    def __init__(self, address: str) -> None:
        self._address = address

    def wait(self, model: str = "") -> str:
        """Waits until it answers, by a certain model where one is named. Returns the model's name."""
        end = time.monotonic() + MOST_SECONDS
        while time.monotonic() < end:
            try:
                health = requests.get(f"{self._address}/health", timeout=5)
            except requests.ConnectionError:
                health = None
            if health is not None and health.ok and model in ("", health.json()["model"]):
                return str(health.json()["model"])
            time.sleep(0.2)
        raise AssertionError(f"the bot does not answer by {model or 'any model'}")

    def ask(self, person: str, text: str) -> dict[str, Any]:
        """Returns the reply object to a message."""
        sent = {"sender": person, "message": text}
        messages = requests.post(f"{self._address}/webhooks/rest/webhook", json=sent, timeout=30).json()
        return dict(next(message["custom"] for message in messages if "custom" in message))
