"""`wenhao logs pull`: collect what people asked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.cli.common import STDERR, STDOUT, start, working
from bot.cli.logs import logs

if TYPE_CHECKING:
    from bot.learning.collecting.pulling import Progress, Pulled
    from bot.learning.collecting.storing import Counts

# In seconds, between two lines on progress where there is no terminal.
BETWEEN_LINES = 5.0

# So many rows that can't be read are named.
FIRST = 20


@logs.command()
def pull() -> None:
    """Collect what people asked since the last time, personal data replaced. Cut off, it goes on where it was."""
    settings = start()
    with working("Opening the conversations ..."):
        from bot.learning.collecting.collector import open_pull
    began = time.monotonic()
    with open_pull(settings) as run, _progress() as progress:
        pulled = run.run(progress)
    _tell(pulled, time.monotonic() - began)


@contextmanager
def _progress() -> Iterator[Progress]:
    if not STDERR.is_terminal:
        yield _Lines().tell
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=STDERR, transient=True) as bar:
        task = bar.add_task("Reading the conversations", total=None)

        def tell(done: int, total: int, counts: Counts) -> None:
            bar.update(task, completed=done, total=total, description=f"{counts.kept:,} messages kept")

        yield tell


class _Lines:
    def __init__(self) -> None:
        self._told = time.monotonic()

    def tell(self, done: int, total: int, counts: Counts) -> None:
        """Says how far it is, now and then."""
        if time.monotonic() - self._told >= BETWEEN_LINES:
            self._told = time.monotonic()
            STDERR.print(f"{done:,} of {total:,} events read, {counts.kept:,} messages kept", highlight=False)


def _tell(pulled: Pulled, seconds: float) -> None:
    counts = pulled.counts
    if pulled.is_another_store:
        _say("This is another tracker store than the last time: it was read from its beginning.")
    _say(f"{counts.kept:,} messages kept in {seconds:.1f} s, with {counts.new_texts:,} new texts.")
    for reason, number in sorted(counts.skipped.items()):
        _say(f"Not kept, {reason.value}: {number:,}.")
    if counts.verdicts:
        _say(f"Verdicts on answers: {counts.verdicts:,}.")
    if pulled.corrupt:
        _say(f"Rows of the tracker store that can't be read, left out: {len(pulled.corrupt):,}.")
        for event, why in sorted(pulled.corrupt.items())[:FIRST]:
            _say(f"  event {event}: {why}")
        if len(pulled.corrupt) > FIRST:
            _say(f"  and {len(pulled.corrupt) - FIRST:,} more")


def _say(line: str) -> None:
    STDOUT.print(line, markup=False, highlight=False)
