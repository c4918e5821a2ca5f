"""`wenhao rollback`: return to an earlier model."""

from __future__ import annotations

from typing import Optional

import typer

from bot.cli.common import STDOUT, start
from bot.cli.promote import who


def rollback(
    to: Optional[str] = typer.Option(None, "--to", metavar="MODEL", help="Which; the one before by default."),
    reason: str = typer.Option("", "--reason", help="Why, for the history."),
    by: str = typer.Option("", "--by", metavar="NAME", help="Who rolls back.  [default: the name of the login]"),
) -> None:
    """Let an earlier model serve again, with the tuning that it had. Running servers change over to it."""
    settings = start()
    from bot.learning.promoting.promotion import roll_back

    record = roll_back(settings, to, by or who(), reason)
    STDOUT.print(f"{record.model} serves again, instead of {record.before or 'none'}.", markup=False, highlight=False)
