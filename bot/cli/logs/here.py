"""What the commands on decisions share: who is at the keyboard, and the review database."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from bot.cli.common import STDERR, start
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.learning.database import ReviewDatabase


def whoever() -> str:
    """Returns the name of who is logged in."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


WHO = typer.Option(None, "--who", help="Who decides; you, by the name you are logged in with, if not given.")
WHY = typer.Option("", "--why", help="Why: it is kept with what is learned.")


@contextmanager
def reviewing() -> Iterator[tuple[Settings, ReviewDatabase]]:
    """Yields the settings and the review database. Finishes or drops first what a killed landing has left."""
    from bot.learning.database import open_review_database
    from bot.learning.landing import recover

    settings = start()
    database = open_review_database(settings)
    try:
        batch = recover(settings, database)
        if batch is not None:
            STDERR.print(f"A landing had been cut off; it is finished now: {batch}", markup=False)
        yield settings, database
    finally:
        database.close()
