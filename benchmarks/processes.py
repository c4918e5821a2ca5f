"""Starting processes, and stopping them whatever happens."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.errors import BenchmarkError
from benchmarks.memory import MemoryWatch
from benchmarks.system import Command

LOG = "benchmark.log"
PATIENCE = 15.0
MOST_LOG = 2000


@dataclass(frozen=True)
class Run:
    """A process from its start to its end."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Running:
    """Processes that work together, and the memory they take."""

    folder: Path
    processes: Sequence[subprocess.Popen[bytes]]
    memory: MemoryWatch
    began: float

    def check(self) -> None:
        """Raises BenchmarkError where one of them has ended."""
        for process in self.processes:
            if process.poll() is not None:
                raise BenchmarkError(f"{process.args!r} ended with {process.returncode}: {end_of_log(self.folder)}")


@contextlib.contextmanager
def running(commands: Sequence[Command], folder: Path) -> Iterator[Running]:
    """Runs commands in a folder side by side; on leaving, none of them is left."""
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        processes = []
        for command in commands:
            processes.append(_start(command, folder))
            stack.callback(stop, processes[-1])
        memory = MemoryWatch([process.pid for process in processes])
        memory.start()
        stack.callback(memory.stop)
        yield Running(folder, processes, memory, began)


def run_to_end(command: Command, folder: Path, most_seconds: float) -> Run:
    """Runs one command. Raises BenchmarkError where it fails or takes too long."""
    with running([command], folder) as started:
        try:
            code = started.processes[0].wait(most_seconds)
        except subprocess.TimeoutExpired as error:
            raise BenchmarkError(f"'{command}' took more than {most_seconds:.0f} s") from error
        seconds = time.monotonic() - started.began
    if code:
        raise BenchmarkError(f"'{command}' ended with {code}: {end_of_log(folder)}")
    return Run(seconds, started.memory.megabytes)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stops a process with its children: they have a process group of their own."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)


def end_of_log(folder: Path) -> str:
    """Returns the last of what a folder's processes said."""
    file = folder / LOG
    return file.read_text(encoding="utf-8", errors="replace")[-MOST_LOG:] if file.exists() else "(no log)"


def _start(command: Command, folder: Path) -> subprocess.Popen[bytes]:
    with (folder / LOG).open("ab") as log:
        return subprocess.Popen(
            command.line,
            cwd=folder,
            env=command.environ,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
