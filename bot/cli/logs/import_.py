"""`wenhao logs import`: labels from an outside tool, taken in as decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import typer

from bot.cli.common import STDERR, STDOUT
from bot.cli.logs import logs
from bot.cli.logs.here import WHO, reviewing, whoever
from bot.errors import WenhaoError


@logs.command("import")
def import_(
    files: list[Path] = typer.Argument(..., help="Files of JSON lines with id, or text and language, and label."),
    skip_bad: bool = typer.Option(False, "--skip-bad", help="Take in the good lines where others are bad."),
    who: Optional[str] = WHO,
) -> None:
    """Take labels in as decisions: all of them as one batch, or, where a line is bad, none.

    Lines without a label are left as they are.
    """
    from bot.learning.exchange.importing import import_labels, read_labels

    with reviewing() as (settings, database):
        found = read_labels(database, settings, files)
        for line in found.bad:
            STDERR.print(line, markup=False, highlight=False)
        if found.bad and not skip_bad:
            raise WenhaoError(f"nothing was imported, for {len(found.bad)} lines are bad: mend them, or say --skip-bad")
        decided = import_labels(database, found.labels, who or whoever())
    told = (
        f"{len(decided.texts):,} texts labelled, {found.without:,} lines without a label, {len(found.bad):,} bad ones"
    )
    STDOUT.print(f"{told}. 'wenhao logs undo {decided.batch}' takes it back.", markup=False, highlight=False)
