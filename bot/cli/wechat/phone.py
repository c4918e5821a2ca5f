"""A chat as a follower's phone shows it: bubbles in a terminal, plain lines elsewhere."""

from __future__ import annotations

from rich.align import Align
from rich.box import ROUNDED
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.panel import Panel
from rich.text import Text

BUBBLE_WIDTH = 44
CHAT_WIDTH = 56
"""Columns: a bubble holds about what a phone shows in a line, 20 Chinese characters."""


class Phone:
    """Prints to a console what is said, and in small print what a follower does not see."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def follower(self, text: str) -> None:
        """Shows what the follower sends, on the right."""
        if self._console.is_terminal:
            self._draw(Align.right(_bubble(text, "green")))
        else:
            self._console.print(Text(f"follower: {text}"))

    def account(self, text: str, how: str = "") -> None:
        """Shows what the account answers, on the left. `how`: by which way, if not as the reply."""
        if self._console.is_terminal:
            self._draw(_bubble(text, "white", how))
            return
        self._console.print(Text(f"account ({how}):" if how else "account:"))
        self._console.print(Text(text))

    def system(self, text: str) -> None:
        """Shows what WeChat itself writes into the chat."""
        if self._console.is_terminal:
            self._draw(Align.center(Text(text, style="reverse dim")))
        else:
            self._console.print(Text(f"WeChat: {text}"))

    def note(self, text: str, wrong: bool = False) -> None:
        """Says what happens behind the chat."""
        self._console.print(Text(text, style="red" if wrong else "dim"))

    def _draw(self, shown: RenderableType) -> None:
        self._console.print(shown, width=min(CHAT_WIDTH, self._console.width), soft_wrap=False)


def _bubble(text: str, style: str, title: str = "") -> Panel:
    longest = max(map(cell_len, [*text.split("\n"), f"  {title}  "]))
    shown = Text(text, overflow="fold", no_wrap=False)
    return Panel(shown, width=min(BUBBLE_WIDTH, longest + 4), box=ROUNDED, style=style, title=title or None)
