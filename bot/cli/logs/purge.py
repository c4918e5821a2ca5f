"""`wenhao logs purge`: delete what was kept long enough."""

from __future__ import annotations

from bot.cli.common import STDOUT, start
from bot.cli.logs import logs


@logs.command()
def purge() -> None:
    """Delete the messages that are older than REVIEW_DAYS. What was learned or decided stays."""
    settings = start()
    from bot.learning.collecting.purging import purge as purge_old
    from bot.learning.database import now, open_review_database

    review = open_review_database(settings)
    try:
        purged = purge_old(review, settings.review_days, now())
    finally:
        review.close()
    told = f"{purged.messages:,} messages and {purged.texts:,} texts deleted."
    STDOUT.print(told, markup=False, highlight=False)
