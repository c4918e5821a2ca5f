"""Puts the parts of collecting together by the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from actions.rule_table.loader import load_rule_table
from actions.settings import ActionSettings
from bot.evaluation.acts import known_replies
from bot.learning.collecting.key import Hashes, read_key
from bot.learning.collecting.messages import Reader
from bot.learning.collecting.opening import open_tracker_store
from bot.learning.collecting.pulling import PAGE, Pull
from bot.learning.collecting.scrubbing.scrubber import Scrubber
from bot.learning.database import open_review_database
from bot.settings import Settings


@contextmanager
def open_pull(settings: Settings, page: int = PAGE) -> Iterator[Pull]:
    """Opens the tracker store and the review database for a run. Raises what opening them raises."""
    key = read_key(settings)
    known = known_replies(load_rule_table(ActionSettings.read().rule_table).phrases)
    source = open_tracker_store(settings)
    try:
        review = open_review_database(settings)
        try:
            yield Pull(source, review, Reader(Hashes(key), Scrubber(key), known), settings.review_days, page)
        finally:
            review.close()
    finally:
        source.close()
