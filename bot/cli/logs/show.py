"""`wenhao logs show`: where something that was learned comes from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from bot.cli.common import STDOUT
from bot.cli.logs import logs
from bot.cli.logs.here import reviewing

if TYPE_CHECKING:
    from bot.learning.landing import Provenance


@logs.command()
def show(
    which: str = typer.Argument(..., metavar="ID", help="A text's number, a lesson's id, or an example's words."),
) -> None:
    """Show where an example comes from: message, person, reason, who decided, and the first model that learned it."""
    from bot.learning.landing import provenance

    with reviewing() as (settings, database):
        found = provenance(database, settings, which)
    for line in _lines(found):
        STDOUT.print(line, markup=False, highlight=False, soft_wrap=True)


def _lines(found: Provenance) -> Iterator[str]:
    lesson, text = found.lesson, found.text
    if lesson is not None:
        yield f"lesson {lesson.id}: {lesson.kind} of {lesson.intent}, {lesson.text or 'a new topic'}"
        yield f"  landed {lesson.when} by {lesson.who}{f', {lesson.why}' if lesson.why else ''} (batch {lesson.batch})"
        yield f"  in {found.place or 'no file that is there now'}; first model: {found.model or 'none yet'}"
    if text is not None:
        reasons = ", ".join(text["reasons"] or ()) or "none noted"
        asked = f"asked {text['messages']} times by {text['people']} people; reasons: {reasons}"
        yield f"text {text['id']} ({text['language']}, {text['state']}): {text['text']}"
        yield f"  {asked}"
    for message in found.messages:
        said = f"{message['channel']}, conversation {message['conversation']}, person {message['person']}"
        yield f"  {_time(message['at'])} {said}: understood by {message['model']} as {message['intent']}"
    for action in found.actions:
        after = action["after"] or {}
        into = f" {after['intent']}" if isinstance(after, dict) and after.get("intent") else ""
        yield f"  {_time(action['at'])} {action['who']}: {action['kind']}{into} (batch {action['batch']})"


def _time(at: float) -> str:
    return datetime.datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M")
