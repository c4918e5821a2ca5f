"""What a run measured, in the terminal."""

from __future__ import annotations

from typing import Any, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.evaluation.acts import Act
from bot.evaluation.changes import Change, Changes, Kind
from bot.evaluation.figures import ALL, SCOPE, TOPIC, TURNS, Figure
from bot.evaluation.measurement import Measurement
from bot.evaluation.outcomes import Outcome

SUMMARY = (ALL, SCOPE, TURNS)
FIRST_FEW = 5


def show_measurement(console: Console, run: Measurement, brief: bool, misses: bool) -> None:
    """Prints the figures; `brief` the summary alone, `misses` each wrong answer too."""
    for title, figures in run.figures.items():
        if figures and (title in SUMMARY or not brief):
            _show_figures(console, title, figures)
    _show_acts(console, run)
    if not brief:
        _show_bins(console, run)
    _say(console, f"Confidence: expected calibration error {run.calibration_error:.1%}.")
    if run.changes:
        _show_changes(console, run.changes, brief)
    for outcome in run.misses if misses else ():
        _show_miss(console, outcome)


def _show_figures(console: Console, title: str, figures: Sequence[Figure]) -> None:
    shown = [figure for figure in figures if title != TOPIC or figure.right < figure.of]
    if shown:
        _table(console, (title, "right", "of", "share", "95% interval"), [[row.name, *_cells(row)] for row in shown])
    if len(shown) < len(figures):
        _say(console, f"Topics without a miss: {len(figures) - len(shown)} of {len(figures)}.")


def _cells(figure: Figure) -> tuple[Any, ...]:
    return figure.right, figure.of, f"{figure.share:.1%}", f"{figure.low:.1%} to {figure.high:.1%}"


def _show_acts(console: Console, run: Measurement) -> None:
    acts = [act for act in Act if any(counts[act] for counts in run.acts.values())]
    rows = [[group, *(counts[act] for act in acts)] for group, counts in run.acts.items()]
    _table(console, ("what it did", *(act.value for act in acts)), rows)


def _show_bins(console: Console, run: Measurement) -> None:
    rows = [[each.figure.name, f"{each.confidence:.1%}", *_cells(each.figure)] for each in run.bins]
    _table(console, ("confidence", "mean", "right", "of", "share", "95% interval"), rows)


def _show_changes(console: Console, changes: Changes, brief: bool) -> None:
    counts = ", ".join(f"{len(changes.of(kind))} {kind.value}" for kind in Kind)
    _say(
        console,
        f"Against {changes.model}, on the {changes.compared} messages that both were asked: {counts}; "
        f"exact McNemar p = {changes.p_value:.3g}.",
    )
    for kind in () if brief else Kind:
        found = changes.of(kind)
        for change in found[:FIRST_FEW]:
            _show_change(console, change)
        if len(found) > FIRST_FEW:
            _say(console, f"  ... and {len(found) - FIRST_FEW} more {kind.value}: the report has them all.")


def _show_change(console: Console, change: Change) -> None:
    facts = f"{_listed(change.before)} -> {_listed(change.now.given)}"
    _say(console, f"  {change.kind.value}: {_asked(change.now)} {facts}")


def _show_miss(console: Console, outcome: Outcome) -> None:
    facts = f"expected {_listed(outcome.case.facts)}, given {_listed(outcome.given)}"
    _say(console, f"wrong: {_asked(outcome)} {facts}")


def _asked(outcome: Outcome) -> str:
    case = outcome.case
    where = f"{case.dialogue} turn {len(case.earlier) + 1}" if case.dialogue else case.style
    return f"{' '.join(filter(None, (case.language, where)))}: {' '.join(case.text.split())}:"


def _listed(facts: Sequence[str]) -> str:
    return " ".join(facts) or "no fact"


def _table(console: Console, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    table = Table()
    for place, name in enumerate(head):
        table.add_column(name, justify="right" if place else "left")
    for row in rows:
        table.add_row(*(escape(str(cell)) for cell in row))
    console.print(table)


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, markup=False, highlight=False)
