"""What became of each message."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.deliveries.plan import MARK


@dataclass
class Fate:
    """One message: the answers that its sender saw, and whether the server may have had it in its hands.

    A platform shows one reply, however often the same one is given; but each message that the server sends by itself.
    """

    replies: set[str] = field(default_factory=set)
    sent: int = 0
    is_taken: bool = False
    is_acknowledged: bool = False
    is_kept: bool = False

    @property
    def answers(self) -> int:
        """How many answers its sender saw."""
        return len(self.replies) + self.sent


@dataclass
class Record:
    """Everything that a run saw. `failures` are counted apart while the server was away."""

    fates: dict[int, Fate] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    failures_away: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    is_away: bool = False
    last_answer: float = field(default_factory=time.monotonic)

    def fate(self, number: int) -> Fate:
        """Returns what is known of a message."""
        return self.fates.setdefault(number, Fate())

    def replied(self, number: int, text: str) -> None:
        """Notes what a request was answered with; an empty text is none."""
        if MARK in text:
            self.fate(number).replies.add(text)
            self.last_answer = time.monotonic()
        elif text:
            self._say_other(text)

    def sent(self, number: int, text: str) -> None:
        """Notes what the server sent by itself."""
        if MARK in text:
            self.fate(number).sent += 1
            self.last_answer = time.monotonic()
        else:
            self._say_other(text)

    def acknowledged(self, number: int, seconds: float) -> None:
        """Notes that the server answered a delivery with success."""
        fate = self.fate(number)
        fate.is_taken = fate.is_acknowledged = True
        self.seconds.append(seconds)

    def failed(self, number: int, kind: str, is_taken: bool = False) -> None:
        """Notes a delivery without success; `is_taken` where the server may have the message all the same."""
        fate = self.fate(number)
        fate.is_taken = fate.is_taken or is_taken
        (self.failures_away if self.is_away else self.failures)[kind] += 1

    @property
    def unanswered(self) -> list[int]:
        """The messages that nobody saw an answer to."""
        return [number for number, fate in self.fates.items() if not fate.answers and not fate.is_kept]

    def _say_other(self, text: str) -> None:
        self.others[" ".join(text.split())[:60]] += 1
