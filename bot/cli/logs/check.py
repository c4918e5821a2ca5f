"""`wenhao logs check`: whether what was learned teaches well, before a model is trained."""

from __future__ import annotations

from itertools import groupby

import typer

from bot.cli.common import STDOUT, working
from bot.cli.logs import logs
from bot.cli.logs.here import reviewing

FIRST = 10


@logs.command()
def check(
    landed: bool = typer.Option(
        False, "--landed", help="Only what landed, without what is accepted and still to land."
    ),
    everything: bool = typer.Option(False, "--all", help="Show everything, not the first of each kind."),
) -> None:
    """Check what was learned before a model is trained: contradictions, near copies, balance, doubtful labels.

    Exit code 1 where something must be mended.
    """
    with working("Comparing what was learned with the training questions ..."):
        from bot.learning.checking import check_lessons

        with reviewing() as (settings, database):
            found = check_lessons(database, settings, planned=not landed)
    for (kind, blocks), some in groupby(found.notes, key=lambda note: (note.kind, note.blocks)):
        notes = list(some)
        _say(f"{kind} ({'must be mended' if blocks else 'warning'}): {len(notes)}")
        for note in notes if everything else notes[:FIRST]:
            _say(f"  {note.place}: {note.message}" if note.place else f"  {note.message}")
        if len(notes) > FIRST and not everything:
            _say(f"  and {len(notes) - FIRST} more (--all shows them)")
    if not found.notes:
        _say("Nothing to mend.")
    if found.blocks:
        raise typer.Exit(1)


def _say(text: str) -> None:
    STDOUT.print(text, markup=False, highlight=False, soft_wrap=True)
