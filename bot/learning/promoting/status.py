"""What serves, what waits for promotion, and how the model does since it serves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional

from bot.learning.promoting.candidates import Candidate
from bot.learning.promoting.history import Record
from bot.learning.promoting.serving import Serving
from bot.settings import Settings


@dataclass(frozen=True)
class Status:
    """`waiting` are batches of lessons that landed and the serving model has not learned.

    `watch` is what the running server found since the last swap: {"before", "now", "messages", "raised", ...}; empty
    where no server has watched.
    """

    serving: Optional[Serving]
    trouble: str
    waiting: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    history: tuple[Record, ...]
    watch: Mapping[str, Any]


def status(settings: Settings) -> Status:
    """Returns where things stand. A pointer that can't be used is told in `trouble`, not raised."""
    raise NotImplementedError
