"""Stores to test: in a SQLite file and in a real Redis, and programs that share one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bot.state.redis_store import RedisStore
from bot.state.sqlite_store import SqliteStore
from bot.state.store import Store
from tests.programs import ROOT, environment

OpenStore = Callable[[], Store]

PREAMBLE = """
import asyncio, sys
from pathlib import Path
from bot.state.redis_store import RedisStore
from bot.state.sqlite_store import SqliteStore
from bot.state.store import update
place = sys.argv[1]
store = RedisStore(place) if place.startswith("redis://") else SqliteStore(Path(place))
"""


def open_at(place: str) -> Store:
    """Opens the store at a Redis address or in a file."""
    return RedisStore(place) if place.startswith("redis://") else SqliteStore(Path(place))


def start_process(place: str, program: str, *arguments: str) -> subprocess.Popen[str]:
    """Starts a Python program with a `store` at a place."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", PREAMBLE + program, place, *arguments],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def output_of(process: subprocess.Popen[str]) -> str:
    """Returns what a process wrote, once it has ended well."""
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return output.strip()
