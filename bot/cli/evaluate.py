"""`wenhao evaluate`: measure the understanding on questions that were never trained on, or check the training data."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Optional

import typer
from rich.table import Table

from bot.cli.common import STDOUT, current_model, start, working
from bot.errors import WenhaoError
from bot.evaluation.cases import read_cases
from bot.evaluation.figures import Figure, figures
from bot.evaluation.training_data import find_problems
from bot.settings import Settings

HELD_OUT = Path("tests/held_out/questions.jsonl")


def evaluate(
    cases: Optional[Path] = typer.Argument(None, help="JSON lines of text, language, style, facts."),
    data: bool = typer.Option(False, "--data", help="Check the training data instead: conflicts, copies, thin topics."),
    misses: bool = typer.Option(False, "--misses", help="List what was answered wrongly."),
) -> None:
    """Measure the answers on a set of cases: share right per language, style and scope, with 95% intervals.

    A case is right when every expected fact is drawn on with at most three more, or none where none is expected.
    """
    settings = start()
    if data:
        _check_data(settings)
        return
    file = cases or settings.project / HELD_OUT
    if not file.exists():
        raise WenhaoError(f"{file} does not exist: name a file of cases")
    asyncio.run(_evaluate(settings, file, misses))


async def _evaluate(settings: Settings, file: Path, misses: bool) -> None:
    model = current_model(settings)
    with working("Loading ..."):
        from bot.assistant import Assistant

        assistant = await Assistant.load(settings, model)
    asked = read_cases(file)
    with working(f"Asking {len(asked)} questions ..."):
        results = [(case, case.judge((await assistant.ask(case.text))["facts"])) for case in asked]
    for title, rows in figures(results).items():
        _show(title, rows)
    if misses:
        for case, right in results:
            if not right:
                STDOUT.print(f"{case.language} {case.style}: {case.text} -> {case.facts}", soft_wrap=True, markup=False)


def _show(title: str, rows: list[Figure]) -> None:
    table = Table(title, "right", "of", "share", "95% interval")
    for row in rows:
        table.add_row(row.name, str(row.right), str(row.of), f"{row.share:.1%}", f"{row.low:.1%} to {row.high:.1%}")
    STDOUT.print(table)


def _check_data(settings: Settings) -> None:
    problems = find_problems(settings.project / "data" / "nlu")
    for problem in problems:
        STDOUT.print(str(problem), soft_wrap=True, markup=False, highlight=False)
    blocking = sum(problem.blocks for problem in problems)
    STDOUT.print(f"{blocking} problems that must be mended, {len(problems) - blocking} to look at.")
    if blocking:
        raise typer.Exit(1)
