"""A bot that can be trained and served, as the commands that do so."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = "127.0.0.1"

# Whatever else is set here (credentials, stores, folders) must not reach what is measured.
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH")


@dataclass(frozen=True)
class Command:
    """Arguments for this Python, and what its environment has besides."""

    arguments: tuple[str, ...]
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def line(self) -> list[str]:
        """The command as it is run."""
        return [sys.executable, *self.arguments]

    @property
    def environ(self) -> dict[str, str]:
        """The environment it is run in."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return {**kept, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", **self.extra}

    def __str__(self) -> str:
        return " ".join([*(f"{name}={value}" for name, value in self.extra.items()), "python", *self.arguments])


@dataclass(frozen=True)
class System:
    """One bot in a folder of its own. `servers` names the processes that answer on a port."""

    name: str
    folder: Path
    questions: int
    training: Command
    servers: Callable[[int], Sequence[Command]]


def free_port() -> int:
    """Returns a port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
