"""`wenhao logs erase`: delete everything of one person."""

from __future__ import annotations

import getpass

import typer

from bot.cli.common import STDOUT, start
from bot.cli.logs import logs


@logs.command()
def erase(
    user: str = typer.Argument(
        help="The person's id on the platform, the id of a conversation in the tracker store, or either one's hash."
    ),
    yes: bool = typer.Option(False, "--yes", help="Do not ask first."),
) -> None:
    """Delete everything of one person from the review database. The tracker store is left as it is."""
    settings = start()
    if not yes:
        typer.confirm("Delete everything of this person? This can't be undone", abort=True)
    from bot.learning.collecting.erasing import erase as erase_person
    from bot.learning.collecting.key import Hashes, read_key
    from bot.learning.database import now, open_review_database
    from bot.learning.landing import unlearn

    hashes = Hashes(read_key(settings))
    review = open_review_database(settings)
    try:
        with review.begin() as connection:
            erased = erase_person(connection, user, hashes, getpass.getuser(), now())
        gone = unlearn(review, settings, erased.learned, getpass.getuser(), "erased") if erased.learned else None
    finally:
        review.close()
    _say(f"{erased.messages:,} messages and {erased.texts:,} texts deleted.")
    if gone is not None:
        _say(f"{len(gone.lessons):,} lessons that nobody else wrote were taken out of the training files.")
        _say("Models that learned them go with the next five promotions: train, compare and promote.")
    if not erased.messages:
        _say("Nothing of this person is kept. Check the id, and that REVIEW_KEY is the one that was used to collect.")


def _say(line: str) -> None:
    STDOUT.print(line, markup=False, highlight=False)
