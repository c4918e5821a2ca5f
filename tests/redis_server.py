"""A real Redis for the tests: in memory, on a free port of the loopback interface."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Optional

SECONDS_TO_START = 10


def missing_redis() -> Optional[str]:
    """Returns why there can be no Redis, or None where there can."""
    return None if shutil.which("redis-server") else "redis-server is not installed (apt-get install redis-server)"


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Runs a Redis that keeps nothing, and gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    log = folder / "redis.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=folder,
        )
    try:
        _wait(process, port, log)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                if connection.recv(16).startswith(b"+PONG"):
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise AssertionError(log.read_text(encoding="utf-8"))
