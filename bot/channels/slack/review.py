"""How many questions wait for a person's review."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class OpenReview:
    """So many questions wait, and there they are."""

    count: int
    url: str


ReviewProvider = Callable[[], Awaitable[Optional[OpenReview]]]
"""Says what waits for review, or None where nothing is reviewed here."""


async def no_review() -> Optional[OpenReview]:
    """The provider of a bot without a review queue."""
    return None
