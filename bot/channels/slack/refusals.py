"""What was refused or left alone, and how often."""

from __future__ import annotations

import logging
from collections import Counter

from bot.channels.counters import count as count_request

logger = logging.getLogger(__name__)


class Refusals:
    """Counts by reason. The log gets reason and count, and nothing of what was sent."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def count(self, reason: str) -> None:
        """Counts one more, for a reason in a few words."""
        self._counts[reason] += 1
        count_request("slack", "refused")
        logger.warning("Slack: %s (%d so far)", reason, self._counts[reason])

    @property
    def counts(self) -> dict[str, int]:
        """How often which reason was."""
        return dict(self._counts)
