"""`wenhao logs queue`: what waits for a look, in a table."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import TYPE_CHECKING, Optional

import typer
from rich.table import Table
from rich.text import Text

from bot.cli.common import STDOUT, start
from bot.cli.logs import logs
from bot.cli.logs.group import Language
from bot.learning.states import Reason

if TYPE_CHECKING:
    from bot.learning.queueing.listing import Queued

MOST_CHARACTERS = 200


class Why(str, Enum):
    """The reasons, as the command takes them."""

    unanswered = Reason.UNANSWERED.value
    unsure = Reason.UNSURE.value
    unsolved = Reason.UNSOLVED.value
    rephrased = Reason.REPHRASED.value
    person = Reason.PERSON.value
    sample = Reason.SAMPLE.value


@logs.command()
def queue(
    language: Optional[Language] = typer.Option(None, help="Texts of this language alone."),
    reason: Optional[Why] = typer.Option(None, help="Texts that deserve a look for this reason."),
    limit: int = typer.Option(50, min=1, help="No more than so many."),
) -> None:
    """List what waits for a look, as `wenhao logs group` ranked it: by distinct people, and how lately they asked."""
    settings = start()
    from bot.learning.database import open_review_database
    from bot.learning.queueing.listing import open_counts, read_queue

    with open_review_database(settings).begin() as connection:
        chosen = Reason(reason.value) if reason else None
        found = read_queue(connection, language.value if language else None, chosen, limit)
        counts = open_counts(connection)
    if found:
        STDOUT.print(_table(found))
    _say(f"{counts.texts:,} texts wait, in {counts.groups:,} groups. {len(found):,} shown.")
    if not counts.texts:
        _say("'wenhao logs pull' collects what people asked, and 'wenhao logs group' ranks it.")


def _table(found: list[Queued]) -> Table:
    table = Table("Score", "People", "Asked", "Last", "Why", "Language", "Text")
    for each in found:
        # As text: what somebody wrote is no markup, and moves no cursor.
        shown = Text("".join(c if c.isprintable() else " " for c in each.text[:MOST_CHARACTERS]))
        day = datetime.datetime.fromtimestamp(each.last_at, datetime.timezone.utc).date().isoformat()
        why = ", ".join(reason.value for reason in each.reasons)
        table.add_row(f"{each.score:.2f}", str(each.people), str(each.messages), day, why, each.language, shown)
    return table


def _say(line: str) -> None:
    STDOUT.print(line, markup=False, highlight=False)
