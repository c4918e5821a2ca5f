"""`wenhao tune`: fit how a message and the conversation before it are weighed."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import typer
import yaml

from actions.consult.reading import WEIGHTS_FILE
from actions.rule_table.watched_table import WatchedTable
from bot.cli.common import STDOUT, current_model, start, working
from bot.errors import WenhaoError
from bot.evaluation.cases import read_cases
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.evaluation.tuning import Example

DEVELOPMENT = Path("tests/development")

HEADER = """\
# How much each sign weighs in actions/consult/reading.py. Written by `wenhao tune`: fit anew rather than edit.
"""


def tune(
    cases: Optional[list[Path]] = typer.Argument(
        None, help="Questions or dialogues with their facts, as JSON lines; tests/development where none is named."
    ),
) -> None:
    """Fit the weights of the signs that tell what a message asks to cases with known answers.

    Needs a trained model; changes actions/consult/weights.yml alone. Never fit to the cases that you measure with.
    """
    settings = start()
    files = cases or sorted((settings.project / DEVELOPMENT).glob("*.jsonl"))
    for file in files:
        if not file.exists():
            raise WenhaoError(f"{file} does not exist: name files of cases")
    examples = asyncio.run(_examples(settings, files))
    with working(f"Fitting to {len(examples)} messages ..."):
        from bot.evaluation import tuning

        found = tuning.tune(examples)
    WEIGHTS_FILE.write_text(HEADER + yaml.safe_dump(asdict(found), sort_keys=True), encoding="utf-8")
    STDOUT.print(f"Fitted {len(found.weights)} weights to {len(examples)} messages: {WEIGHTS_FILE.name}")


async def _examples(settings: Settings, files: list[Path]) -> list[Example]:
    model = current_model(settings)
    with working("Loading ..."):
        from actions.settings import ActionSettings
        from bot.assistant import Assistant
        from bot.evaluation.tuning import example

        assistant = await Assistant.load(settings, model)
        table = WatchedTable(ActionSettings.read().rule_table).current()
    found: list[Example] = []
    with working("Reading the messages ..."):
        for file in files:
            before: list[str] = []
            for case in read_cases(file):
                before = before if case.earlier else []
                made, topics = example(table, await assistant.parse(case.text), case.facts, before, case.topics or ())
                found.append(made)
                before = topics or before
    return found
