"""The real server in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.programs import COMMAND, ROOT, environment

SECONDS_TO_START = 60


@dataclass
class Served:
    """A running `wenhao serve`."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    def post(self, path: str, **request: object) -> requests.Response:
        """Posts a request below /webhooks/."""
        return requests.post(f"{self.url}/webhooks/{path}", timeout=20, **request)  # type: ignore[arg-type]

    def health(self) -> requests.Response:
        """Asks whether the bot answers."""
        return requests.get(f"{self.url}/health", timeout=5)

    def wait(self) -> None:
        """Waits until the model is loaded."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.health().ok:
                    return
            except requests.ConnectionError:
                pass
            time.sleep(0.1)
        raise AssertionError(self.log.read_text(encoding="utf-8"))

    def kill(self) -> None:
        """Ends the server as a power cut does."""
        self.process.kill()
        self.process.wait(20)

    def stop(self) -> int:
        """Ends the server as Ctrl-C does not, but a service manager does."""
        self.process.terminate()
        return self.process.wait(20)


def start(folder: Path, settings: Mapping[str, object], project: Path = ROOT) -> Served:
    """Starts the server of a project on a free port, with its databases and log in a folder."""
    endpoints = folder / "endpoints.yml"
    content = (ROOT / "endpoints.yml").read_text(encoding="utf-8")
    endpoints.write_text(content.replace("var/conversations.db", str(folder / "conversations.db")), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    log = folder / f"log-{port}"
    own = {"ENDPOINTS": endpoints, "LOG_LEVEL": "INFO", "STATE_FILE": folder / "state.db"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=project,
            env=environment(**{"PYTHONPATH": project, **own, **settings}),
        )
    return Served(process, f"http://127.0.0.1:{port}", log)
