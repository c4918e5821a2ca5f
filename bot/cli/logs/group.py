"""`wenhao logs group`: rank what waits, and group what asks one thing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Optional

import typer

from bot.cli.common import STDERR, STDOUT, current_model, start, working
from bot.cli.logs import logs


class Language(str, Enum):
    """The languages in which people ask."""

    en = "en"
    zh = "zh"


@logs.command()
def group(
    language: Optional[Language] = typer.Option(None, help="Group the texts of this language alone, without twins."),
) -> None:
    """Rank what waits for a look, and group what seems to ask one thing. What people decided stays as it is."""
    settings = start()
    began = time.monotonic()
    with working("Reading the training data ..."):
        from bot.evaluation.training_data.questions import FOLDER, read_examples
        from bot.learning.database import open_review_database
        from bot.learning.grouping.regrouping import LANGUAGES, regroup
        from bot.learning.queueing.updating import update_queue

        database = open_review_database(settings)
        examples = read_examples(settings.project / FOLDER)
        model = current_model(settings)
    with _telling() as told:
        updated = update_queue(settings, database, examples, model, told)
        languages = (language.value,) if language else LANGUAGES
        found = regroup(database, settings.project, examples, languages, told)
    queue = updated.queue
    _say(f"{queue.queued:,} of {queue.texts:,} texts deserve a look; {queue.learned:,} are learned already.")
    if queue.ignored:
        _say(f"{queue.ignored:,} are near copies of what was ignored.")
    if updated.reread:
        _say(f"The model that serves read {updated.reread:,} texts anew; {updated.left:,} are left for the next time.")
    seconds = time.monotonic() - began
    _say(f"{found.groups:,} groups of {found.texts - found.alone:,} texts in {seconds:.1f} s.")


@contextmanager
def _telling() -> Iterator[Callable[[str], None]]:
    """Yields what shows what is being done: beside a spinner in a terminal, line by line elsewhere."""
    if STDERR.is_terminal:
        with STDERR.status("") as status:
            yield status.update
    else:
        yield lambda doing: STDERR.print(doing, markup=False, highlight=False)


def _say(line: str) -> None:
    STDOUT.print(line, markup=False, highlight=False)
