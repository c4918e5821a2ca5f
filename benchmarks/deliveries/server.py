"""The server under load: started with a state of its own, killed, started again."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Optional

import aiohttp
import psutil

from benchmarks.errors import BenchmarkError
from benchmarks.processes import LOG, end_of_log, stop
from benchmarks.system import LOOPBACK, Command, free_port

PROJECT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 180.0


class Server:
    """`wenhao serve` of this project on a free port, with its stores and its log in a folder."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: Optional[subprocess.Popen[bytes]] = None
        endpoints = (PROJECT / "endpoints.yml").read_text(encoding="utf-8")
        (folder / "endpoints.yml").write_text(
            endpoints.replace("var/conversations.db", str(folder / "conversations.db")), encoding="utf-8"
        )
        own = {"ENDPOINTS": str(folder / "endpoints.yml"), "STATE_FILE": str(folder / "state.db")}
        arguments = ("-m", "bot", "serve", "--host", LOOPBACK, "--port", str(self._port))
        kept = {name: os.environ[name] for name in ("MODELS",) if name in os.environ}
        self._command = Command(arguments, {**kept, **own, **settings})

    @property
    def url(self) -> str:
        """The address that it answers at."""
        return f"http://{LOOPBACK}:{self._port}"

    async def start(self, session: aiohttp.ClientSession) -> float:
        """Starts it. Returns the seconds until it was ready. Raises BenchmarkError where it is not in the end."""
        began = time.monotonic()
        self._process = self._spawn()
        while time.monotonic() < began + MOST_SECONDS and self._process.poll() is None:
            try:
                async with session.get(f"{self.url}/health") as answer:
                    if answer.ok:
                        return time.monotonic() - began
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
        raise BenchmarkError(f"the server did not start: {end_of_log(self._folder)}")

    def kill(self) -> None:
        """Ends it without a chance to put anything in order."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Ends it as a service manager does."""
        if self._process is not None:
            stop(self._process)

    def processor_seconds(self) -> float:
        """Returns how long it has kept a processor busy, in seconds."""
        assert self._process is not None
        times = psutil.Process(self._process.pid).cpu_times()
        return float(times.user + times.system)

    def _spawn(self) -> subprocess.Popen[bytes]:
        with (self._folder / LOG).open("ab") as log:
            return subprocess.Popen(
                self._command.line,
                cwd=PROJECT,
                env=self._command.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
