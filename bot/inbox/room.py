"""Room for so many pieces of work at a time."""

from __future__ import annotations

import asyncio
from collections import deque

# uvloop takes in one new connection a round. An idle round takes some tens of microseconds.
ROUNDS = 64

TOO_LONG = 0.5
"""A request that lay so many seconds before it was read says that the process can't keep up with reading."""

PRESSED = 0.5
"""For so many seconds after the last sign that requests wait too long, work waits too."""

TRICKLE = 0.25
"""Under pressure one piece of work is let in every so many seconds, so that none waits for ever."""


class Room:
    """Lets in so many at a time, in the order in which they came, and the rest of the process before them.

    To understand a message is to compute for tens of milliseconds, in which the process gets to little else. So whoever
    was let in first waits some rounds of the event loop, in which requests are taken in and acknowledged: these wait
    for no more pieces of work than there are places, however many messages lie there. (asyncio's semaphore lets
    newcomers in before those who wait, and in one round as many as find it free one after the other.)

    Where requests wait in spite of that, work waits until they are all taken in: what is taken in is answered later,
    and what is not is lost.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._pressed_until = 0.0
        self._let_in = 0.0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def __aenter__(self) -> None:
        if self._free and not self._waiting:
            self._free -= 1
        else:
            await self._wait()
        try:
            for _ in range(ROUNDS):
                await asyncio.sleep(0)
            await self._calm()
        except asyncio.CancelledError:
            self._leave()
            raise

    def notice_wait(self, seconds: float) -> None:
        """Hears for how long a request lay before it was read. Too long, and work waits until the others are read."""
        if seconds > TOO_LONG:
            self._pressed_until = asyncio.get_running_loop().time() + PRESSED

    async def _calm(self) -> None:
        clock = asyncio.get_running_loop().time
        while (left := min(self._pressed_until, self._let_in + TRICKLE) - clock()) > 0:  # noqa: ASYNC110 - it may be pressed again
            await asyncio.sleep(left)
        self._let_in = clock()

    async def __aexit__(self, *_: object) -> None:
        self._leave()

    async def _wait(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                # The place was given to it in this very moment.
                self._leave()
            raise

    def _leave(self) -> None:
        # The place goes on to the next one directly, so that nobody comes in between.
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
