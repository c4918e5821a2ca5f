"""The most memory that processes and all their children had at one time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence

import psutil

INTERVAL = 0.1
MEGABYTE = 1_000_000


class MemoryWatch(threading.Thread):
    """Samples the resident memory of process trees until it is stopped.

    Pages that processes of a tree share count once for each: https://psutil.readthedocs.io/#psutil.Process.memory_info
    """

    def __init__(self, pids: Sequence[int]) -> None:
        super().__init__(daemon=True)
        self._pids = pids
        self._over = threading.Event()
        self.megabytes = 0.0

    def run(self) -> None:
        """Samples."""
        while not self._over.wait(INTERVAL):
            total = sum(_resident(process) for pid in self._pids for process in _tree(pid))
            self.megabytes = max(self.megabytes, total / MEGABYTE)

    def stop(self) -> None:
        """Ends the sampling."""
        self._over.set()
        self.join()


def _tree(pid: int) -> Iterator[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        yield process
        yield from process.children(recursive=True)


def _resident(process: psutil.Process) -> int:
    try:
        resident: int = process.memory_info().rss
    except psutil.Error:
        return 0
    return resident
