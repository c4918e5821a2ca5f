"""`wenhao evaluate`: measure the answers on messages that were never trained on, or check the training data."""

from __future__ import annotations

import asyncio
import datetime
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Sequence

import typer

from actions.rule_table.loader import load_rule_table
from actions.rule_table.table import RuleTable
from actions.settings import ActionSettings
from bot.cli.check_data import check_data
from bot.cli.common import STDOUT, current_model, start, working
from bot.evaluation.against import find_against, is_model
from bot.evaluation.cases import Case, read_cases
from bot.models import TrainedModel
from bot.settings import Settings

# What these import takes seconds: only a measurement waits for it.
if TYPE_CHECKING:
    from bot.evaluation.changes import Earlier
    from bot.evaluation.outcomes import Outcome

HELD_OUT = (Path("tests/held_out/questions.jsonl"), Path("tests/held_out/dialogues.jsonl"))
REPORT = Path("reports/evaluation")


def evaluate(
    cases: Optional[list[Path]] = typer.Argument(
        None, help="Files of JSON lines, questions or dialogues. Without any: those of tests/held_out."
    ),
    data: bool = typer.Option(False, "--data", help="Check the training data instead: conflicts, copies, thin topics."),
    everything: bool = typer.Option(False, "--all", help="With --data: show all of it, not the first ten of each."),
    misses: bool = typer.Option(False, "--misses", help="List what was answered wrongly."),
    brief: bool = typer.Option(False, "--brief", help="Show the summary alone."),
    report: Optional[Path] = typer.Option(
        None, "--report", metavar="DIR", help=f"The folder of the report.  [default: {REPORT}]"
    ),
    against: Optional[str] = typer.Option(
        None,
        "--against",
        metavar="MODEL|RESULTS",
        help="Compare with a results.jsonl, or with a model that is asked the same.  [default: the folder's last run]",
    ),
) -> None:
    """Measure the answers: shares right per language, scope, style, topic and turn, with 95% intervals.

    An answer is right when it draws on every expected fact with at most three more, or on none where none is expected.
    A report is written: a page, its pictures, and results that the next run is compared with.
    """
    settings = start()
    if data:
        check_data(settings, everything)
        return
    table = load_rule_table(ActionSettings.read().rule_table)
    files = cases or _held_out(settings)
    asked = _read(files, table)
    folder = report or settings.project / REPORT
    outcomes, earlier = asyncio.run(_measure(settings, asked, table, folder, against))
    _tell(files, table, outcomes, earlier, folder, brief, misses)


def _held_out(settings: Settings) -> list[Path]:
    return [settings.project / file for file in HELD_OUT]


def _read(files: Sequence[Path], table: RuleTable) -> list[Case]:
    known = _topics_of_facts(table)
    return [case for file in files for case in read_cases(file, known)]


def _topics_of_facts(table: RuleTable) -> dict[str, str]:
    return {row.id: row.topic for row in table.rows.values() if row.is_guide}


async def _measure(
    settings: Settings, cases: Sequence[Case], table: RuleTable, folder: Path, against: Optional[str]
) -> tuple[list[Outcome], Optional[Earlier]]:
    """Returns what came of the cases, and what came of them earlier."""
    from bot.evaluation.changes import earlier_run, read_earlier
    from bot.evaluation.report import RESULTS

    model = current_model(settings)
    other = find_against(against, folder / RESULTS, settings.models)
    # Read before this run's results take their place.
    earlier = read_earlier(other) if other and not is_model(other) else None
    outcomes = await _ask(settings, model, cases, table)
    if other and is_model(other):
        earlier = earlier_run(await _ask(settings, replace(model, file=other), cases, table))
    return outcomes, earlier


async def _ask(settings: Settings, model: TrainedModel, cases: Sequence[Case], table: RuleTable) -> list[Outcome]:
    with working(f"Loading {model.file.name} ..."):
        from bot.assistant import Assistant
        from bot.evaluation.acts import known_replies
        from bot.evaluation.asking import ask_all

        assistant = await Assistant.load(settings, model)
    with working(f"Asking {len(cases)} messages ..."):
        return await ask_all(assistant, model.file.name, cases, known_replies(table.phrases))


def _tell(
    files: Sequence[Path],
    table: RuleTable,
    outcomes: Sequence[Outcome],
    earlier: Optional[Earlier],
    folder: Path,
    brief: bool,
    misses: bool,
) -> None:
    from bot.cli.show_measurement import show_measurement
    from bot.evaluation.changes import find_changes
    from bot.evaluation.measurement import Measurement
    from bot.evaluation.report import write_report

    run = Measurement(
        model=outcomes[0].model,
        measured=datetime.datetime.now(),
        files=[str(Path(file.parent.name) / file.name) for file in files],
        outcomes=outcomes,
        topics=list(table.topics),
        topic_of=_topics_of_facts(table),
        changes=find_changes(earlier, outcomes) if earlier else None,
    )
    show_measurement(STDOUT, run, brief, misses)
    with working("Writing the report ..."):
        page = write_report(folder, run)
    STDOUT.print(f"Report: {page}", markup=False, highlight=False)
