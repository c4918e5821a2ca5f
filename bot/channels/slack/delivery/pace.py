"""One message a second in a channel, as Slack wants it, over all processes.

https://docs.slack.dev/apis/web-api/rate-limits/#rate-limits__limits-when-posting-messages
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Optional
from weakref import WeakValueDictionary

from bot.channels.slack.state.lives import HOUR
from bot.state import Store
from bot.state.store import update

# A little more than a second, since the way to Slack does not always take equally long.
SECONDS_APART = 1.05


class Pace:
    """Gives out the turns to post in a channel, in the order in which they are asked for."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._clock = clock
        self._sleep = sleep
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Waits until it is this one's turn in a channel, which lasts until it is done."""
        lock = self._locks.setdefault(channel, asyncio.Lock())
        async with lock:
            await self._wait(channel)
            try:
                yield
            finally:
                # Measured from the end: a first message that took long must not come just before a second.
                await self._store.put(_key(channel), str(self._clock() + SECONDS_APART), HOUR)

    async def _wait(self, channel: str) -> None:
        ours = 0.0

        def reserve(free_from: Optional[float]) -> float:
            nonlocal ours
            ours = max(free_from or 0.0, self._clock())
            return ours + SECONDS_APART

        await update(self._store, _key(channel), reserve, HOUR)
        wait = ours - self._clock()
        if wait > 0:
            await self._sleep(wait)


def _key(channel: str) -> str:
    return f"slack:pace:{channel}"
