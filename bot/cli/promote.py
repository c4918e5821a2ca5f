"""`wenhao promote`: let a candidate serve, where the gate is passed."""

from __future__ import annotations

import getpass
from typing import Optional

import typer

from bot.cli.common import STDOUT, start, working
from bot.learning.promoting.status import Status


def promote(
    candidate: Optional[str] = typer.Option(None, "--candidate", metavar="FILE", help="Which; the newest by default."),
    force: bool = typer.Option(False, "--force", help="Past the gate; needs --reason, and both are kept."),
    reason: str = typer.Option("", "--reason", help="Why, for the history."),
    by: str = typer.Option("", "--by", metavar="NAME", help="Who promotes.  [default: the name of the login]"),
    status: bool = typer.Option(False, "--status", help="Say what serves, what waits, and how the model does."),
) -> None:
    """Let a candidate that passed 'wenhao compare' serve. Running servers change over between two messages."""
    settings = start()
    if status:
        from bot.learning.promoting.status import status as status_of

        _show(status_of(settings))
        return
    from bot.learning.promoting import promotion
    from bot.learning.promoting.candidates import find_candidate

    with working("Promoting ..."):
        record = promotion.promote(settings, find_candidate(settings, candidate), by or who(), force, reason)
    _say(f"{record.model} serves now ({record.event.value} by {record.by}); 'wenhao rollback' takes it back.")


def who() -> str:
    """Returns the name of the login, where there is one."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "command line"


def _show(found: Status) -> None:
    if found.trouble:
        _say(f"wrong: {found.trouble}")
    if found.serving:
        told = f"{found.serving.model} serves since {found.serving.since[:16]} ({found.serving.by or 'unnamed'})"
        thresholds = ", ".join(f"{language} {value:.2f}" for language, value in found.serving.tuning.items())
        _say(f"{told}; asks back below {thresholds}." if thresholds else f"{told}.")
    elif not found.trouble:
        _say("Nothing was promoted yet: the newest model serves.")
    for each in found.candidates:
        _say(f"candidate {each.name}, trained {each.trained_at[:16]}")
    if found.waiting:
        _say(f"{len(found.waiting)} batches of lessons wait for promotion.")
    if found.watch:
        _show_watch(found)


def _show_watch(found: Status) -> None:
    before, now = found.watch["before"], found.watch["now"]
    told = [f"{each['unanswered']} of {each['messages']}" for each in (before, now)]
    _say(f"Not answered since the change: {told[1]} messages; before: {told[0]}.")
    if found.watch["raised"]:
        _say("This is more than chance explains. 'wenhao rollback' returns to the model before.")


def _say(text: str) -> None:
    STDOUT.print(text, markup=False, highlight=False)
