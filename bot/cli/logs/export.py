"""`wenhao logs export`: the queue as JSON lines."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Optional

import typer

from bot.cli.common import STDERR, start
from bot.cli.logs import logs
from bot.cli.logs.group import Language
from bot.errors import WenhaoError


@logs.command()
def export(
    file: Optional[Path] = typer.Argument(None, help="Where to write; without it, to standard output."),
    language: Optional[Language] = typer.Option(None, help="Texts of this language alone."),
    limit: Optional[int] = typer.Option(None, min=1, help="No more than so many, the highest score first."),
) -> None:
    """Write what waits as JSON lines, with the likeliest intents, for an outside annotation tool.

    Fill in "label" and take the file in with `wenhao logs import`.
    """
    settings = start()
    from bot.learning.database import open_review_database
    from bot.learning.exchange.exporting import export_lines

    with open_review_database(settings).begin() as connection:
        found = export_lines(connection, language.value if language else None, limit)
        lines = [f"{json.dumps(line, ensure_ascii=False)}\n" for line in found]
    if file is None:
        sys.stdout.writelines(lines)
    else:
        try:
            file.write_text("".join(lines), encoding="utf-8")
        except OSError as error:
            raise WenhaoError(f"{file} can't be written ({error.strerror}): name another file") from error
    STDERR.print(f"{len(lines):,} texts written.", markup=False, highlight=False)
