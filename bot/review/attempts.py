"""Slows down who guesses: each failed login makes the next one from that address wait longer."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
MEMORY = 15 * 60.0
ADDRESSES = 10_000


class Attempts:
    """Counts failed logins by address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Returns for how many seconds an address must wait before it may try again: none after no or one failure."""
        failures, last = self._failures.get(address, (0, 0.0))
        if failures < 2:
            return 0.0
        pause: float = min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT)
        return max(0.0, last + pause - self._clock())

    def failed(self, address: str) -> None:
        """Notes a failed login."""
        failures, last = self._failures.pop(address, (0, 0.0))
        now = self._clock()
        self._failures[address] = (failures + 1 if now - last < MEMORY else 1, now)
        while len(self._failures) > ADDRESSES:
            self._failures.popitem(last=False)

    def succeeded(self, address: str) -> None:
        """Forgets the failures of an address."""
        self._failures.pop(address, None)
