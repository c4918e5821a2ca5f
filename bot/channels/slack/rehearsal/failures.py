"""How the stand-in can be told to fail."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Failure:
    """What happens to a call instead of, or besides, what should.

    `delay` are seconds before it is handled. With an `error` it is refused, with this HTTP `status`. `drop` cuts the
    connection without an answer: "before" the call is accepted, or "after".
    """

    error: Optional[str] = None
    status: int = 200
    retry_after: Optional[int] = None
    delay: float = 0.0
    drop: Optional[str] = None


class Failures:
    """The failures that wait for the next calls of each method, `*` for any."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Failure]] = defaultdict(deque)

    def add(self, method: str, failure: Failure, times: int) -> None:
        """Lets the next calls of a method fail."""
        self._waiting[method].extend([failure] * times)

    def take(self, method: str) -> Failure:
        """Returns how this call fails: not at all, where nothing waits for it."""
        for name in (method, "*"):
            if self._waiting[name]:
                return self._waiting[name].popleft()
        return Failure()
