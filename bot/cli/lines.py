"""Lines of standard input for commands that do other things while they wait for the next one."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import AsyncIterator
from threading import Thread
from typing import Optional

from bot.cli.common import STDOUT

PROMPT = "[bold green]> [/]"


async def read_lines() -> AsyncIterator[str]:
    """Yields each line that is not blank, until the input ends. In a terminal it asks for them."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        # A byte that is no text must not end the run.
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    lines: asyncio.Queue[Optional[str]] = asyncio.Queue()
    # A daemon, since nothing can wake a thread that waits for somebody to type.
    Thread(target=_read, args=(lines, asyncio.get_running_loop()), daemon=True).start()
    while True:
        if sys.stdin.isatty():
            STDOUT.print(PROMPT, end="")
        line = await lines.get()
        if line is None:
            return
        if line.strip():
            yield line.strip()


def _read(lines: asyncio.Queue[Optional[str]], loop: asyncio.AbstractEventLoop) -> None:
    for line in sys.stdin:
        loop.call_soon_threadsafe(lines.put_nowait, line)
    loop.call_soon_threadsafe(lines.put_nowait, None)
