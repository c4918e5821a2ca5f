"""The report: docs/benchmarks.md."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from string import Template

from benchmarks.comparison import compare, compare_right
from benchmarks.suite import Suite

TEMPLATE = Path(__file__).with_name("report_template.md")


def write_report(suite: Suite, public: str, command_line: str) -> str:
    """Returns the report on a run, in Markdown. `public` is its section on the public sets."""
    template = Template(TEMPLATE.read_text(encoding="utf-8"))
    return template.substitute(
        _of_machine(suite),
        **_of_plan(suite),
        **_of_lines(suite),
        command_line=command_line,
        public=public.rstrip("\n"),
        figures=compare(suite),
        right=compare_right(suite),
        cases=len(suite.cases),
        double=_beyond_one_topic(suite),
        commands=_commands(suite),
    )


def _of_machine(suite: Suite) -> dict[str, str]:
    fields = dataclasses.asdict(suite.machine)
    return {**fields, "gigabytes": f"{suite.machine.gigabytes:.0f}", "load": f"{suite.machine.load:.2f}"}


def _of_plan(suite: Suite) -> dict[str, str]:
    plan = suite.plan
    sizes = {name: str(getattr(plan, name)) for name in ("seed", "messages", "warm_up", "clients")}
    cut = f" but only {plan.epochs} epochs" if plan.epochs else ""
    return {**sizes, "seconds": f"{plan.seconds:g}", "sample": f"{suite.wenhao.questions:,}", "epochs": cut}


def _of_lines(suite: Suite) -> dict[str, str]:
    lines = suite.lines
    return {
        "lines": f"{lines.count:,}",
        "lines_first": f"{lines.first:.1f}",
        "lines_seconds": f"{lines.seconds:.1f}",
        "answers_a_second": f"{lines.answers_a_second:.0f}",
    }


def _beyond_one_topic(suite: Suite) -> int:
    topics = suite.covered.values()
    return sum(not any(facts.issuperset(case.facts) for facts in topics) for case in suite.cases)


def _commands(suite: Suite) -> str:
    measured = [suite.plain, suite.wenhao] if suite.plain else [suite.wenhao]
    blocks = [f"{each.name}:\n\n```\n{chr(10).join(map(str, each.commands))}\n```" for each in measured]
    return "\n\n".join(blocks)
