"""Commands run in this process, where a process of their own would prove nothing more."""

from __future__ import annotations

import logging
from unittest.mock import patch

import structlog
from typer.testing import CliRunner, Result

from bot.cli.program import PROGRAM


def run_here(*arguments: str, lines: str = "", **settings: object) -> Result:
    """Runs a command and leaves logging as it was. `lines` is what it reads on standard input."""
    configured = structlog.get_config()
    environ = {name: str(value) for name, value in settings.items()}
    with patch.object(logging.root, "handlers", []), patch.object(logging, "basicConfig"):
        result = CliRunner().invoke(PROGRAM, arguments, input=lines, env=environ)
    structlog.configure(**configured)
    return result
