"""What waits for a person's review: how much of it, and what it is about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class OpenReview:
    """So many questions wait, in so many groups, and there they are; `url` is empty where nobody said."""

    count: int
    url: str
    groups: int = 0


@dataclass(frozen=True)
class AskedGroup:
    """Questions that seem to ask one thing: a name, a typical one in its asker's words, and how many asked."""

    name: str
    example: str
    people: int
    messages: int


ReviewProvider = Callable[[], Awaitable[Optional[OpenReview]]]
"""Says what waits for review, or None where nothing is reviewed here."""


async def no_review() -> Optional[OpenReview]:
    """The provider of a bot without a review queue."""
    return None
