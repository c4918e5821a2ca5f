"""The report's section on the public sets: docs/benchmarks.md has it among the others."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template

import yaml

from benchmarks.public import Measured, PublicRun
from benchmarks.public_sets import BANKING, CLINC, VARIABLE
from benchmarks.public_tables import (
    accuracy_table,
    out_of_scope_table,
    through_rasa_table,
    wenhao_table,
)
from benchmarks.through_rasa import WENHAO, ThroughRasa

TITLE = "Public sets"
NEXT = "What was measured, and how"
HEADING = "\n## "
FILES = Path(__file__).parent
WIDTH = 120

# Percent that the reported DIET has, milliseconds a question, seconds of training.
DIET = {BANKING: 89.9, CLINC: 89.4}
MOST_MILLISECONDS = 2.0
MOST_TRAINING = 30.0

HOW_TO_GET_THEM = f"""\
Put the files, each with the columns `text` and `intent`, into a folder, and name it with `--public-sets` or
`{VARIABLE}`: `banking77/` (CC BY 4.0) with `train.csv` and `test.csv` from PolyAI-LDN/task-specific-datasets
(`banking_data`), and `train_5shot.csv`, `train_10shot.csv`, `train8622.csv` (all of its training part) and
`valid.csv` from jianguoz/Few-Shot-Intent-Detection (`Datasets/BANKING77`); `clinc150/` (CC BY 3.0) with `train.csv`,
`valid.csv`, `test.csv`, `oos.csv` and `oos_valid.csv` from clinc/oos-eval (`data/data_full.json`); `massive_zh/`
(CC BY 4.0) with `train.csv`, `valid.csv` and `test.csv` of MASSIVE, zh-CN (alexa/massive; as CSV in
DuoWeiTree/ZeroshotClassification, `testdata/amazon_massive_intent_zh-CN_*.csv`)."""


def write_public(run: PublicRun) -> str:
    """Returns the section, in Markdown."""
    if not run.measured:
        return f"## {TITLE}\n\nNot measured: the sets are not here.\n{HOW_TO_GET_THEM}\n"
    template = Template((FILES / "public_template.md").read_text(encoding="utf-8"))
    published = yaml.safe_load((FILES / "published.yml").read_text(encoding="utf-8"))
    clinc = run.sets.find(CLINC)
    section = template.substitute(
        {name: getattr(run.machine, name) for name in ("date", "cores", "processor", "python")},
        load=f"{run.machine.load:.2f}",
        beside=_beside(run.beside),
        wenhao=wenhao_table(run.measured),
        settings="\n".join(_settings(run.measured)),
        accuracy=accuracy_table(run, published["accuracy"]),
        out_of_scope=out_of_scope_table(run.measured, published["out_of_scope"]),
        valid=f"{len(clinc.valid):,}" if clinc else "-",
        out_valid=f"{len(clinc.out_valid):,}" if clinc else "-",
        through_rasa=through_rasa_table(run.through_rasa),
        plain=_plain(run.through_rasa),
        aims="\n".join(_aims(run)),
        libraries=f"{max(each.libraries for each in run.measured):,.0f}",
    )
    missing = ", ".join(f"`{file}`" for file in run.sets.missing)
    return section + (
        f"\nSets whose files are missing ({missing}) were left out.\n{HOW_TO_GET_THEM}\n" if missing else ""
    )


def with_section(report: str, section: str) -> str:
    """Returns a report with the section in the place of its earlier one; where it has none, before `NEXT` or last."""
    parts = report.split(HEADING)
    titles = [part.split("\n", 1)[0] for part in parts]
    new = section.removeprefix(HEADING.strip("\n")).rstrip("\n") + "\n"
    if TITLE in titles:
        parts[titles.index(TITLE)] = new
    else:
        parts.insert(titles.index(NEXT) if NEXT in titles else len(parts), new)
    return HEADING.join(part.rstrip("\n") + "\n" for part in parts)


def _beside(beside: str) -> str:
    warning = textwrap.fill(f"**Read with care**: not a quiet machine. {beside}", WIDTH, break_on_hyphens=False)
    return f"\n\n{warning}" if beside else ""


def _settings(measured: Sequence[Measured]) -> Iterator[str]:
    for each in measured:
        if each.settings is not None:
            told = ", ".join(f"{name} {value:g}" for name, value in each.settings.items())
            yield f"- {each.set.spec.name}: {told}"


def _plain(measured: Sequence[ThroughRasa]) -> str:
    if all(each.name == WENHAO for each in measured):
        return "Rasa's default pipeline was not run this time."
    return (
        "Rasa's default pipeline is that of [benchmarks/plain_rasa](../benchmarks/plain_rasa), in as many threads as\n"
        "it takes by itself; its fallback is left out of the accuracy."
    )


def _aims(run: PublicRun) -> Iterator[str]:
    """Yields what was aimed at, and whether it was met."""
    for spec, least in DIET.items():
        found = [each for each in run.measured if each.set.spec == spec]
        shares = {each.kind: 100 * each.scores.accuracy for each in found}
        for kind, share in shares.items():
            yield _aim(f"More than the reported DIET's {least}% on {spec.name}, {kind}", f"{share:.1f}%", share > least)
    slowest = max((each.scores for each in run.measured), key=lambda scores: scores.milliseconds)
    times = f"{slowest.milliseconds:.2f} ms, of the processor {slowest.processor_milliseconds:.2f} ms"
    met = slowest.milliseconds <= MOST_MILLISECONDS
    yield _aim(f"At most {MOST_MILLISECONDS:g} ms a question on every set", times, met)
    for name, seconds in _trainings(run):
        aim = f"Training on all of {BANKING.name} in less than {MOST_TRAINING:g} s, {name}"
        yield _aim(aim, f"{seconds:.1f} s", seconds < MOST_TRAINING)


def _trainings(run: PublicRun) -> Iterator[tuple[str, float]]:
    for each in run.measured:
        if each.set.spec == BANKING and each.settings is None:
            yield "as the components", each.seconds
    for through in run.through_rasa:
        if through.set.spec == BANKING:
            yield "through Rasa", through.seconds


def _aim(aim: str, found: str, met: bool) -> str:
    return f"- {aim}: {'met' if met else '**not met**'} ({found})."
