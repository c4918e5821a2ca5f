"""Says how much waits for review, for Slack's Home tab."""

from __future__ import annotations

import asyncio
import logging
from typing import Optional

from bot.channels.slack.review import OpenReview, ReviewProvider
from bot.errors import WenhaoError
from bot.learning.database import ReviewDatabase, find_review_database
from bot.learning.queueing.listing import open_counts, was_ever_pulled
from bot.settings import Settings

logger = logging.getLogger(__name__)


def review_provider(settings: Settings) -> ReviewProvider:
    """Returns a provider: None where there is no review database, or nothing was ever pulled into it."""
    opened: Optional[ReviewDatabase] = None

    def count() -> Optional[OpenReview]:
        nonlocal opened
        if opened is None:
            opened = find_review_database(settings)
            if opened is None:
                return None
        return open_review(opened, settings.review_url)

    async def provide() -> Optional[OpenReview]:
        try:
            return await asyncio.to_thread(count)
        except WenhaoError as error:
            # The tab has more to show than this.
            logger.warning("What waits for review can't be told: %s", error)
            return None

    return provide


def open_review(database: ReviewDatabase, url: str) -> Optional[OpenReview]:
    """Returns how much waits, None where nothing was ever pulled. Raises ReviewDatabaseError."""
    with database.begin() as connection:
        if not was_ever_pulled(connection):
            return None
        counts = open_counts(connection)
    return OpenReview(counts.texts, url, counts.groups)
