"""`wenhao evaluate --data`: what is wrong with the training data, or would make them better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Sequence

import typer
from rich.table import Table

from bot.cli.common import STDOUT, working
from bot.evaluation.training_data.problems import Findings, Kind, Problem
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.evaluation.training_data.advice import Counts

FIRST = 10


def check_data(settings: Settings, everything: bool) -> None:
    """Shows how many problems of each kind there are, the first of each (or everything), and how many questions.

    Exit code 1 where there is one that stops training.
    """
    with working("Comparing the training questions with each other ..."):
        from bot.evaluation.training_data.advice import note_advice
        from bot.evaluation.training_data.soundness import check

        data = check(settings.project)
        counts = note_advice(data)
    _show_kinds(data.findings)
    for kind in Kind:
        _show_problems(kind, [problem for problem in data.findings.problems if problem.kind is kind], everything)
    _show_counts(counts, everything)
    if data.findings.blocking:
        raise typer.Exit(1)


def _show_kinds(findings: Findings) -> None:
    found = findings.count()
    table = Table("problems", "found", "weight")
    table.columns[1].justify = "right"
    for kind in Kind:
        table.add_row(kind.title, str(found[kind]), kind.weight.value)
    STDOUT.print(table)


def _show_problems(kind: Kind, problems: Sequence[Problem], everything: bool) -> None:
    if not problems:
        return
    STDOUT.print(f"\n{kind.title} ({kind.weight.value}):", markup=False, highlight=False)
    shown = problems if everything else problems[:FIRST]
    for problem in shown:
        STDOUT.print(f"  {problem}", soft_wrap=True, markup=False, highlight=False)
    if len(problems) > len(shown):
        STDOUT.print(f"  and {len(problems) - len(shown)} more (--all shows them)", highlight=False)


def _show_counts(counts: Counts, everything: bool) -> None:
    from bot.evaluation.training_data.advice import LANGUAGES

    intents = list(counts) if everything else sorted(counts, key=lambda intent: sum(counts[intent].values()))[:FIRST]
    table = Table("intent", *LANGUAGES.values(), "both", title="" if everything else f"The {len(intents)} smallest")
    for column in table.columns[1:]:
        column.justify = "right"
    for intent in intents:
        _add_row(table, intent, list(counts[intent].values()))
    _add_row(table, f"all {len(counts)} intents", [sum(of[name] for of in counts.values()) for name in LANGUAGES])
    STDOUT.print()
    STDOUT.print(table)


def _add_row(table: Table, name: str, numbers: Sequence[int]) -> None:
    table.add_row(name, *map(str, numbers), str(sum(numbers)))
