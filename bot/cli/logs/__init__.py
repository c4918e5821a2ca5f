"""`wenhao logs`: learning from what people asked."""

from __future__ import annotations

import typer

logs = typer.Typer(help="Learn from what people asked: collect, group, decide, land, undo.", no_args_is_help=True)

# Each module adds its commands.
from bot.cli.logs import erase, pull, purge  # noqa: E402,F401
