"""Long work that the review starts: one job at a time, each a process of its own, its state in files.

A job outlives the review's process, and another review process finds it by its files. That it runs is told by a lock
that its processes hold, which the operating system frees when they are gone, whatever ended them:
https://man7.org/linux/man-pages/man2/flock.2.html
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Thread
from typing import Optional, Sequence

from bot.errors import WenhaoError
from bot.review.job_runner import ENDED, JOB, OUTPUT
from bot.settings import PROJECT

FOLDER = "var/review_jobs"
LOCK = "lock"
KEPT = 30
ENDING_SECONDS = 5.0
SHOWN_BYTES = 6000


class JobError(WenhaoError):
    """A job can't be started."""


class Stage(str, Enum):
    """How far a job is. `broken`: its processes are gone without having ended it."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    BROKEN = "broken"


@dataclass(frozen=True)
class Job:
    """One job. `output` is the end of what it printed."""

    id: str
    kind: str
    by: str
    at: float
    stage: Stage
    output: str

    @property
    def is_running(self) -> bool:
        """Whether it still runs."""
        return self.stage is Stage.RUNNING


class Jobs:
    """Starts jobs and tells of them."""

    def __init__(self, project: Path, command: Sequence[str] = (sys.executable, "-m", "bot")) -> None:
        self._folder = project / FOLDER
        self._command = list(command)

    def start(self, kind: str, by: str, *arguments: Sequence[str]) -> Job:
        """Starts a job of one or several commands of the program. Raises JobError where one runs already."""
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._take(lock)
            return self._launch(lock, kind, by, [[*self._command, *each] for each in arguments])
        finally:
            os.close(lock)

    def _take(self, lock: int) -> None:
        deadline = time.monotonic() + ENDING_SECONDS
        while True:
            try:
                return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                running = self.running()
                if running is not None or time.monotonic() > deadline:
                    doing = f" ({running.kind}, started by {running.by})" if running else ""
                    raise JobError(f"another job is running{doing}: wait until it has ended") from None
                # One that has written its end lets go of the lock in a moment.
                time.sleep(0.02)

    def _launch(self, lock: int, kind: str, by: str, commands: list[list[str]]) -> Job:
        at = time.time()
        folder = self._folder / f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(at))}-{int(at % 1 * 1e6):06d}"
        folder.mkdir(mode=0o700)
        described = {"kind": kind, "by": by, "at": at, "commands": commands}
        (folder / JOB).write_text(json.dumps(described, ensure_ascii=False), "utf-8")
        self._forget_old()
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(PROJECT)}
        runner = (sys.executable, "-m", "bot.review.job_runner", str(folder), str(lock))
        child = subprocess.Popen(  # noqa: S603 - our own module
            runner,
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(lock,),
            # Ctrl-C at the review, or the end of its terminal, is none for the job.
            start_new_session=True,
        )
        Thread(target=child.wait, daemon=True).start()
        return Job(folder.name, kind, by, at, Stage.RUNNING, "")

    def running(self) -> Optional[Job]:
        """Returns the job that runs, if one does."""
        newest = next(iter(self._names()), None)
        job = self.find(newest) if newest else None
        return job if job is not None and job.is_running else None

    def all(self) -> list[Job]:
        """Returns the last jobs, the newest first."""
        return [job for name in self._names() if (job := self.find(name)) is not None]

    def latest(self, *kinds: str) -> Optional[Job]:
        """Returns the newest job of these kinds."""
        return next((job for job in self.all() if job.kind in kinds), None)

    def find(self, name: str) -> Optional[Job]:
        """Returns a job, or None where there is none of that name."""
        folder = self._folder / name
        if name not in self._names():
            return None
        try:
            described = json.loads((folder / JOB).read_text("utf-8"))
            stage = self._stage(folder)
            return Job(name, described["kind"], described["by"], described["at"], stage, _end_of(folder / OUTPUT))
        except (OSError, ValueError, KeyError):
            return None

    def _stage(self, folder: Path) -> Stage:
        # The lock first: a job that ends in between has written its end by then.
        held = folder.name == next(iter(self._names()), None) and self._is_held()
        try:
            return Stage.DONE if (folder / ENDED).read_text("ascii") == "0" else Stage.FAILED
        except OSError:
            return Stage.RUNNING if held else Stage.BROKEN

    def _is_held(self) -> bool:
        try:
            lock = os.open(self._folder / LOCK, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        else:
            return False
        finally:
            os.close(lock)

    def _names(self) -> list[str]:
        with suppress(OSError):
            return sorted((each.name for each in self._folder.iterdir() if each.is_dir()), reverse=True)
        return []

    def _forget_old(self) -> None:
        for name in self._names()[KEPT:]:
            for file in (self._folder / name).iterdir():
                file.unlink(missing_ok=True)
            (self._folder / name).rmdir()


def _end_of(file: Path) -> str:
    try:
        with file.open("rb") as content:
            content.seek(max(0, file.stat().st_size - SHOWN_BYTES))
            return content.read().decode("utf-8", "replace").replace("\r", "\n")
    except OSError:
        return ""
