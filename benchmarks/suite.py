"""One run over all systems."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from actions.rule_table.loader import load_rule_table
from benchmarks.judging import FactsByIntent, facts_by_intent, is_right
from benchmarks.lines import Lines, ask_lines
from benchmarks.machine import Machine
from benchmarks.measure import Measured, measure
from benchmarks.plain import plain
from benchmarks.plan import Plan
from benchmarks.processes import run_to_end
from benchmarks.progress import say
from benchmarks.sample import draw
from benchmarks.system import Command
from benchmarks.wenhao import NLU, wenhao
from bot.evaluation.cases import Case, read_cases
from bot.evaluation.figures import Result
from bot.evaluation.training_data import read_examples

PROJECT = Path(__file__).resolve().parent.parent
HELD_OUT = PROJECT / "tests" / "held_out" / "questions.jsonl"
WARMING = Command(("-W", "ignore", "-c", "import rasa.model_training, rasa.core.agent, tensorflow"))
MOST_WARMING = 300.0


@dataclass(frozen=True)
class Suite:
    """Everything that one run measured. `plain` is None where it was skipped."""

    plan: Plan
    machine: Machine
    cases: Sequence[Case]
    covered: FactsByIntent
    plain: Optional[Measured]
    wenhao: Measured
    wenhao_in_full: Measured
    lines: Lines

    def results(self, measured: Measured) -> list[Result]:
        """Returns every held-out message with whether a system's intent for it was right."""
        asked = zip(self.cases, measured.serving.intents, strict=True)
        return [(case, is_right(case, intent, self.covered)) for case, intent in asked]


def run_suite(plan: Plan, skip_plain: bool) -> Suite:
    """Measures one system after the other, each in a folder that is gone afterwards."""
    machine = Machine.read()
    with tempfile.TemporaryDirectory(prefix="wenhao-benchmarks-") as folder:
        say(f"Machine: {machine}; load before the run {machine.load:.2f}")
        # Whoever is measured first must not pay for reading the libraries from disk.
        run_to_end(WARMING, Path(folder), MOST_WARMING)
        return _run(plan, skip_plain, machine, Path(folder))


def _run(plan: Plan, skip_plain: bool, machine: Machine, folder: Path) -> Suite:
    examples = read_examples(PROJECT / NLU)
    intents = sorted({example.intent for example in examples})
    sample = draw(examples, plan.sample, plan.seed)
    everything = draw(examples, plan.everything, plan.seed) if plan.everything else None
    cases = read_cases(HELD_OUT)[:: plan.every]
    texts = [case.text for case in cases]
    small = wenhao(PROJECT, folder / "wenhao", "Wenhao", sample)
    full = wenhao(PROJECT, folder / "wenhao_in_full", "Wenhao in full", everything)
    base = None if skip_plain else plain(folder / "plain", "Plain Rasa", sample, intents, plan.epochs)
    measured = {system.name: measure(system, plan, texts) for system in (small, full, base) if system}
    say(f"Wenhao in full: {plan.lines} lines")
    asked = [example.text for example in draw(examples, plan.lines, plan.seed + 1)]
    lines = ask_lines(full.folder, asked)
    return Suite(
        plan=plan,
        machine=machine,
        cases=cases,
        covered=facts_by_intent(load_rule_table(PROJECT / "data" / "rule_table")),
        plain=measured[base.name] if base else None,
        wenhao=measured[small.name],
        wenhao_in_full=measured[full.name],
        lines=lines,
    )
