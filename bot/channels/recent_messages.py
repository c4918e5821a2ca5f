"""Which deliveries are repeats: platforms send a message again when an answer is slow or gets lost."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import Awaitable, Callable, Generic, TypeVar

Answer = TypeVar("Answer")


class RecentMessages(Generic[Answer]):
    """Does the work of each message once; every repeat within `ttl` seconds gets the same answer.

    Lives in this process's memory and holds at most `size` messages.
    """

    def __init__(self, ttl: float = 600, size: int = 4096, clock: Callable[[], float] = time.monotonic) -> None:
        self._ttl = ttl
        self._size = size
        self._clock = clock
        self._tasks: OrderedDict[str, tuple[float, asyncio.Task[Answer]]] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        self._forget_old()
        return key in self._tasks

    def start(self, key: str, work: Callable[[], Awaitable[Answer]]) -> asyncio.Task[Answer]:
        """Returns the task that answers a message: the one at work (or done) for this key, or a new one."""
        self._forget_old()
        if key not in self._tasks:
            # Kept here, so that the event loop's weak reference is not the task's last one:
            # docs.python.org/3/library/asyncio-task.html#asyncio.create_task
            self._tasks[key] = (self._clock(), asyncio.ensure_future(_as_coroutine(work)))
        return self._tasks[key][1]

    def _forget_old(self) -> None:
        oldest_kept = self._clock() - self._ttl
        while self._tasks:
            key, (since, task) = next(iter(self._tasks.items()))
            if since >= oldest_kept and len(self._tasks) < self._size:
                return
            if not task.done():
                return
            del self._tasks[key]


async def _as_coroutine(work: Callable[[], Awaitable[Answer]]) -> Answer:
    return await work()
