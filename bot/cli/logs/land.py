"""`wenhao logs land`: what was accepted becomes training data."""

from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

import typer

from bot.cli.common import STDERR, STDOUT, working
from bot.cli.logs import logs
from bot.cli.logs.here import WHO, WHY, reviewing, whoever

if TYPE_CHECKING:
    from bot.learning.landing import Landing

MOST_SHOWN = 10


@logs.command()
def land(
    intents: Optional[List[str]] = typer.Option(None, "--intent", help="Only texts accepted into this intent."),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="Say what would land, and what is in its way; change nothing."
    ),
    rewrite: bool = typer.Option(False, "--rewrite", help="Write the learned files anew, keeping what was edited."),
    who: Optional[str] = WHO,
    why: str = WHY,
) -> None:
    """Write accepted texts and new topics into the training files, all of them or none.

    What landed is trained from next; 'wenhao logs undo BATCH' takes it back.
    """
    from bot.learning import landing

    with reviewing() as (settings, database):
        if rewrite:
            _tell_rewritten(landing.rewrite(settings))
            return
        with working("Comparing what was accepted with what is there ..."):
            if dry_run:
                landed = landing.plan(database, settings, intents or None)
            else:
                landed = landing.land(database, settings, who or whoever(), why, intents or None)
    _tell(landed, dry_run)
    if landed.blocks:
        raise typer.Exit(1)


def _tell(landed: Landing, dry_run: bool) -> None:
    would = "would land" if dry_run else "landed"
    for known in landed.known[:MOST_SHOWN]:
        _say(f"known already: text {known.text_id} '{known.text}' ({known.intent}, {known.place})")
    for warning in landed.warnings:
        STDERR.print(f"warning: {warning}", markup=False, highlight=False)
    for block in landed.blocks:
        STDERR.print(f"in the way: {block}", markup=False, highlight=False)
    if not landed.lessons and not landed.known:
        _say("Nothing was accepted that has not landed yet.")
        return
    topics = f", new: {', '.join(landed.topics)}" if landed.topics else ""
    _say(f"{would}: {landed.examples} to learn from, {landed.golden} to measure by, {len(landed.known)} known{topics}")
    if landed.batch:
        _say(f"batch {landed.batch}: 'wenhao logs undo {landed.batch}' takes it back; 'wenhao logs check' comes next")


def _tell_rewritten(files: List[str]) -> None:
    for name in files:
        _say(f"written anew: {name} (what it held is kept as {name}.edited)")
    if not files:
        _say("The learned files are what the lessons make of them.")


def _say(text: str) -> None:
    STDOUT.print(text, markup=False, highlight=False, soft_wrap=True)
