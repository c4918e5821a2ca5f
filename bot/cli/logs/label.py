"""`wenhao logs label`: deciding from the terminal."""

from __future__ import annotations

from typing import List, Optional

import typer

from bot.cli.common import STDOUT
from bot.cli.logs import logs
from bot.cli.logs.here import WHO, reviewing, whoever

DEEDS = ("ignore", "skip", "reopen")


@logs.command()
def label(
    texts: List[int] = typer.Argument(..., metavar="TEXT_ID...", help="The texts, by their numbers."),
    intent: str = typer.Argument(..., help="The intent to accept them into, out_of_scope, or ignore, skip, reopen."),
    use: Optional[str] = typer.Option(None, "--use", help="train or golden, where it matters; else it is divided."),
    who: Optional[str] = WHO,
) -> None:
    """Decide on texts: accept them into an intent, ignore them, skip them, or make them undecided again."""
    from bot.learning import deciding

    with reviewing() as (settings, database):
        seen = deciding.seen_now(database, texts)
        name = who or whoever()
        if intent in DEEDS:
            decide = {"ignore": deciding.ignore, "skip": deciding.skip, "reopen": deciding.reopen}[intent]
            done = decide(database, seen, name)
        else:
            done = deciding.label(database, settings, seen, intent, name, use)
    told = f"{len(done.texts)} texts: {intent} (batch {done.batch})"
    STDOUT.print(told, markup=False, highlight=False, soft_wrap=True)
