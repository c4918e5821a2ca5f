"""The tables of the report: a row a figure, a column a system, and beside each how it compares with the baseline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from benchmarks.measure import Measured
from benchmarks.suite import Suite
from benchmarks.tables import table
from bot.evaluation.figures import Figure, figures


@dataclass(frozen=True)
class Line:
    """One figure: its name and unit, how it is read, with how many decimals, and what is better."""

    name: str
    value: Callable[[Measured], float]
    decimals: int
    better: Literal["less", "more"]

    def show(self, measured: Measured) -> str:
        """Returns a system's figure."""
        return f"{self.value(measured):,.{self.decimals}f}"

    def against(self, base: Measured, measured: Measured) -> str:
        """Returns how many times better a system's figure is than the baseline's."""
        ours, theirs = self.value(measured), self.value(base)
        return f"{theirs / ours if self.better == 'less' else ours / theirs:.1f}"


LINES = (
    Line("Training (s)", lambda system: system.training.seconds, 1, "less"),
    Line("Peak memory in training (MB)", lambda system: system.training.megabytes, 0, "less"),
    Line("First reply after the start (s)", lambda system: system.start_up, 1, "less"),
    Line("Peak memory in serving (MB)", lambda system: system.megabytes, 0, "less"),
    Line("A reply, median (ms)", lambda system: 1000 * system.serving.percentile(50), 1, "less"),
    Line("A reply, 95th percentile (ms)", lambda system: 1000 * system.serving.percentile(95), 1, "less"),
    Line("Messages a second", lambda system: system.serving.messages_a_second, 1, "more"),
)


def compare(suite: Suite) -> str:
    """Returns the table of all figures."""
    rows = [[line.name, *_cells(suite, line)] for line in LINES]
    return table(["", *_heads(suite, "times better")], [*rows, *_right_rows(suite, "all", "Right answers")])


def compare_right(suite: Suite) -> str:
    """Returns the table of right answers by language and scope."""
    return table(["", *_heads(suite, "against plain")], _right_rows(suite, "language, scope"))


def _heads(suite: Suite, beside: str) -> list[str]:
    ours = [f"{each.name}, {each.questions:,} questions" for each in (suite.wenhao, suite.wenhao_in_full)]
    if suite.plain is None:
        return ours
    base = f"{suite.plain.name}, {suite.plain.questions:,} questions"
    return [base, ours[0], beside, ours[1], beside]


def _cells(suite: Suite, line: Line) -> list[str]:
    ours = (suite.wenhao, suite.wenhao_in_full)
    base = suite.plain
    if base is None:
        return [line.show(each) for each in ours]
    return [line.show(base), *(cell for each in ours for cell in (line.show(each), line.against(base, each)))]


def _right_rows(suite: Suite, group: str, name: str = "") -> list[list[str]]:
    small, full = (figures(suite.results(each))[group] for each in (suite.wenhao, suite.wenhao_in_full))
    if suite.plain is None:
        return [[name or ours.name, _share(ours), _share(all_)] for ours, all_ in zip(small, full, strict=True)]
    base = figures(suite.results(suite.plain))[group]
    return [
        [name or theirs.name, _share(theirs), _share(ours), _points(theirs, ours), _share(all_), _points(theirs, all_)]
        for theirs, ours, all_ in zip(base, small, full, strict=True)
    ]


def _share(figure: Figure) -> str:
    return f"{figure.share:.1%} ({figure.low:.1%} to {figure.high:.1%}) of {figure.of}"


def _points(base: Figure, figure: Figure) -> str:
    return f"{100 * (figure.share - base.share):+.1f} points"
