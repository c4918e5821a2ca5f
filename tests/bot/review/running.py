"""The review on a real server, over a copy of the project."""

from __future__ import annotations

import asyncio
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional, Sequence

import requests

from bot.review.desk import LOOPBACK, Desk
from bot.review.jobs import Jobs
from bot.review.reviewers import make_token
from bot.review.serving import server_of
from bot.settings import Settings
from tests.bot.review.filled import fill
from tests.programs import ROOT

# Of each intent so many questions are kept, so that a review is up in a moment.
QUESTIONS = 12
COPIED = ("data", "domain", "config.yml", "endpoints.yml", "credentials.yml")


@dataclass(frozen=True)
class Review:
    """A review that runs: its address, what it works on, and the groups in its database by name."""

    address: str
    desk: Desk
    groups: Mapping[str, int]

    def link(self, name: str = "Ann") -> str:
        """Returns a link that logs somebody in once."""
        # Playwright has an event loop of its own in the test's thread.
        with ThreadPoolExecutor(1) as elsewhere:
            token = elsewhere.submit(lambda: asyncio.run(self.desk.sessions.make_link(name))).result()
        return f"{self.address}/enter?token={token}"

    def token(self, name: str, language: str = "en") -> str:
        """Makes a reviewer's token."""
        with self.desk.database.begin() as connection:
            return make_token(connection, name, language)

    def client(self, name: str = "Ann") -> Client:
        """Returns a plain HTTP client that is logged in."""
        client = Client(self.address)
        client.log_in(self.token(name))
        return client


class Client(requests.Session):
    """A plain HTTP client: it follows no redirect and knows the token of its forms."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.csrf = ""

    def log_in(self, token: str) -> None:
        assert self.send_form("/login", token=token).status_code == 303
        self.csrf = self.see("/drafts").text.split('name="csrf" value="')[1].split('"')[0]

    def see(self, path: str, **headers: str) -> requests.Response:
        return self.get(self.address + path, headers=headers, allow_redirects=False, timeout=30)

    def send_form(self, path: str, headers: Optional[Mapping[str, str]] = None, **fields: object) -> requests.Response:
        data = {"csrf": self.csrf, **fields}
        return self.post(self.address + path, data=data, headers=headers, allow_redirects=False, timeout=30)


@contextmanager
def running(folder: Path, command: Optional[Sequence[str]] = None, empty: bool = False) -> Iterator[Review]:
    """Serves the review of a copy of the project; `command` takes the place of the program for jobs."""
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    thin(folder / "data" / "nlu")
    settings = Settings.read(environ={}, project=folder)
    desk = Desk.open(settings)
    if command:
        desk = replace(desk, jobs=Jobs(folder, command))
    groups = {} if empty else fill(desk.database)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = server_of(desk, LOOPBACK)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield Review(f"http://127.0.0.1:{listening.getsockname()[1]}", desk, groups)
        finally:
            server.should_exit = True
            thread.join(10)


def thin(folder: Path) -> None:
    """Leaves few questions of each intent."""
    for file in folder.glob("*.yml"):
        kept: list[str] = []
        left = QUESTIONS
        for line in file.read_text("utf-8").splitlines():
            if line.lstrip().startswith(("- intent:", "- lookup:")):
                left = QUESTIONS if "- intent:" in line else 10**6
            elif line.startswith("      - "):
                left -= 1
            if left >= 0 or not line.startswith("      - "):
                kept.append(line)
        file.write_text("\n".join(kept) + "\n", "utf-8")


PRINTS = (sys.executable, "-c", "import sys, time; print('working on', *sys.argv[1:], flush=True); time.sleep(1.5)")
