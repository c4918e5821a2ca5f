"""How fast one may post: about one message a second in each channel.

https://docs.slack.dev/apis/web-api/rate-limits/
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Optional


class Pace:
    """Keeps the pace of each channel. `seconds` lie between two messages (0: any pace will do)."""

    def __init__(self, clock: Callable[[], float], seconds: float = 1.0, burst: int = 1) -> None:
        self.seconds = seconds
        self.burst = burst
        self._clock = clock
        self._free: dict[tuple[str, str], float] = {}

    def wait(self, team: str, channel: str) -> Optional[int]:
        """Takes a place for a message, or returns after how many whole seconds there is one."""
        now = self._clock()
        # The time at which all that was posted so far would have been posted at an even pace.
        even = max(self._free.get((team, channel), now), now)
        ahead = even - now - (self.burst - 1) * self.seconds
        if ahead > 0:
            return max(1, math.ceil(ahead))
        self._free[team, channel] = even + self.seconds
        return None
