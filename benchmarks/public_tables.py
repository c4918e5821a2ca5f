"""The tables of the report's section on the public sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.public import AS_CONFIGURED, TUNED, Measured, OutOfScope, PublicRun
from benchmarks.public_sets import SPECS
from benchmarks.scores import Scores
from benchmarks.tables import table
from benchmarks.through_rasa import WENHAO, ThroughRasa

Published = Sequence[Mapping[str, Any]]

FIGURES = ("accuracy", "macro F1", "calibration error", "a question, ms (processor)")
MEMORY = "peak memory, MB"
THIS_RUN = "this run"
NOTHING = "-"


def wenhao_table(measured: Sequence[Measured]) -> str:
    """Returns every set, as configured and tuned."""
    head = ["set", "training questions", "settings", *FIGURES, "training, s (processor)", MEMORY]
    return table(head, [_row(each) for each in measured])


def through_rasa_table(measured: Sequence[ThroughRasa]) -> str:
    """Returns what was trained and asked with Rasa's graph around it."""
    rows = [
        [each.name, each.set.spec.name, *_figures(each.scores), f"{each.seconds:.1f}", f"{each.megabytes:,.0f}"]
        for each in measured
    ]
    return table(["", "set", *FIGURES, "training, s", MEMORY], rows)


def accuracy_table(run: PublicRun, published: Published) -> str:
    """Returns the accuracies of this run above those that are published."""
    own = [[f"**Wenhao, {kind}**", *_of_kind(run.measured, kind), THIS_RUN] for kind in (AS_CONFIGURED, TUNED)]
    plain = [_of_plain(each) for each in run.through_rasa if each.name != WENHAO]
    others = [_published(row, [spec.key for spec in SPECS]) for row in published]
    return table(["", *(spec.name for spec in SPECS), "from"], [*own, *plain, *others])


def out_of_scope_table(measured: Sequence[Measured], published: Published) -> str:
    """Returns how well the confidences tell what is out of scope."""
    own = [_rejections(f"**Wenhao, {each.kind}**", each.out_of_scope) for each in measured if each.out_of_scope]
    others = [_published(row, ("a", "b", "area", "refused")) for row in published]
    return table(["", "rule A", "rule B", "AUROC", "refused in scope", "from"], [*own, *others])


def _row(measured: Measured) -> list[str]:
    return [
        measured.set.spec.name,
        f"{len(measured.set.train):,}",
        measured.kind,
        *_figures(measured.scores),
        f"{measured.seconds:.1f} ({measured.processor:.1f})",
        f"{measured.megabytes:,.0f}",
    ]


def _figures(scores: Scores) -> list[str]:
    return [
        f"{scores.accuracy:.1%}",
        f"{scores.macro_f1:.1%}",
        f"{scores.calibration_error:.3f}",
        f"{scores.milliseconds:.2f} ({scores.processor_milliseconds:.2f})",
    ]


def _of_kind(measured: Sequence[Measured], kind: str) -> list[str]:
    shares = {each.set.spec: _percent(each.scores.accuracy) for each in measured if each.kind == kind}
    return [shares.get(spec, NOTHING) for spec in SPECS]


def _of_plain(measured: ThroughRasa) -> list[str]:
    share = _percent(measured.scores.accuracy)
    return [measured.name, *(share if spec == measured.set.spec else NOTHING for spec in SPECS), THIS_RUN]


def _published(row: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    return [str(row["name"]), *(str(row.get(column, NOTHING)) for column in columns), str(row["source"])]


def _rejections(name: str, found: OutOfScope) -> list[str]:
    rules = [
        f"{_percent(rule.accuracy)} / {_percent(rule.recall)} (below {rule.threshold:.2f})"
        for rule in (found.a, found.b)
    ]
    return [name, *rules, f"{found.area:.3f}".lstrip("0"), f"{found.refused_at_recall:.0%}", THIS_RUN]


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"
