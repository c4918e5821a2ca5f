"""A reply in the terminal: rich where a person looks at it, plain text in a pipe."""

from __future__ import annotations

from typing import Any, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text


def show_reply(console: Console, reply: Mapping[str, Any]) -> None:
    """Prints a reply with its suggestions numbered, so that a number can be the next message."""
    if console.is_terminal and reply["parts"]:
        for part in reply["parts"]:
            _show_part(console, part)
    else:
        console.print(Text(reply["reply"]), soft_wrap=True)
    if reply["suggestions"]:
        console.print()
    for number, suggestion in enumerate(reply["suggestions"], start=1):
        console.print(Text(f"  {number}. {suggestion}", style="cyan"), soft_wrap=True)


def _show_part(console: Console, part: Mapping[str, Any]) -> None:
    console.print(Text(part["lead"], style="bold"))
    if part["table"]:
        table = Table(*part["table"]["columns"])
        for row in part["table"]["rows"]:
            table.add_row(*row)
        console.print(table)
    if part["reason"]:
        console.print(Text(part["reason"]))
    if part["source"]:
        shown = " ".join(filter(None, (part["source"]["text"], part["source"]["url"])))
        console.print(Text(shown, style="dim"))
    for change in part["changes"]:
        console.print(Text(change, style="yellow"))
