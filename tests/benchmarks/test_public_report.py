"""The report's section on the public sets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.machine import Machine
from benchmarks.out_of_scope import Rejection
from benchmarks.plan import QUICK
from benchmarks.public import Measured, OutOfScope, PublicRun, run_public
from benchmarks.public_report import with_section, write_public
from benchmarks.public_sets import BANKING, BANKING_10, CLINC, PublicSets, Spec, read_sets
from benchmarks.scores import Scores
from benchmarks.through_rasa import ThroughRasa, plain_config, to_training_data
from tests.benchmarks.tiny_sets import write_sets

SCORES = Scores(0.912, 0.905, 0.052, 1.5, 1.2)
TUNED = {"c": 1.0, "smoothing": 0.1, "sharpness": 8.0, "bayes": 0.25}


@pytest.fixture
def sets(tmp_path: Path) -> PublicSets:
    return read_sets(write_sets(tmp_path))


@pytest.fixture
def run(sets: PublicSets) -> PublicRun:
    rejection = Rejection(0.25, 9, 10, 1, 4, 5)
    measured = [
        _measured(sets, BANKING),
        replace(_measured(sets, BANKING), settings=TUNED),
        replace(_measured(sets, CLINC, accuracy=0.89), out_of_scope=OutOfScope(rejection, rejection, 0.9511, 0.19)),
    ]
    full, ten = sets.find(BANKING), sets.find(BANKING_10)
    assert full and ten
    through = [
        ThroughRasa("Wenhao", full, 31.0, 900.0, SCORES),
        ThroughRasa("Rasa's default pipeline", ten, 462.0, 2300.0, replace(SCORES, accuracy=0.684)),
    ]
    return PublicRun(Machine.read(), sets, measured, through, "")


def _measured(sets: PublicSets, spec: Spec, accuracy: float = 0.912) -> Measured:
    measured = sets.find(spec)
    assert measured
    return Measured(measured, None, 12.0, 11.0, 500.0, 800.0, replace(SCORES, accuracy=accuracy), None)


def _row(section: str, start: str) -> str:
    (row,) = [line for line in section.splitlines() if line.startswith(f"| {start} |")]
    return row


def test_without_the_sets_the_section_tells_how_to_get_them(tmp_path: Path) -> None:
    section = write_public(run_public(read_sets(tmp_path / "none"), QUICK, skip_plain=True, beside=""))
    assert section.startswith("## Public sets\n\nNot measured")
    assert "PolyAI-LDN/task-specific-datasets" in section
    assert "WENHAO_PUBLIC_SETS" in section


def test_every_figure_stands_in_its_place(run: PublicRun) -> None:
    section = write_public(run)
    first = "| BANKING77 | 6 | as configured | 91.2% | 90.5% | 0.052 | 1.50 (1.20) | 12.0 (11.0) | 800 |"
    assert first in section.splitlines()
    assert "- BANKING77: c 1, smoothing 0.1, sharpness 8, bayes 0.25" in section
    assert _row(section, "**Wenhao, as configured** | 91.2").endswith("| - | - | 89.0 | - | this run |")
    assert _row(section, "**Wenhao, as configured** | 90.0 / 80.0 (below 0.25)").endswith(".951 | 19% | this run |")
    assert "| Rasa's default pipeline | BANKING77, 10-shot | 68.4% |" in section


def test_published_figures_keep_the_mark_of_their_source(run: PublicRun) -> None:
    assert "| 89.9 [2] | - | - | 89.4 [2] | - |" in _row(write_public(run), "Rasa DIET, reported | 89.9 [2]")


def test_aims_are_told_as_met_or_not(run: PublicRun) -> None:
    section = write_public(run)
    assert "- More than the reported DIET's 89.9% on BANKING77, tuned: met (91.2%)." in section
    assert "- More than the reported DIET's 89.4% on CLINC150, as configured: **not met** (89.0%)." in section
    assert "as the components: met (12.0 s)." in section
    assert "through Rasa: **not met** (31.0 s)." in section


def test_what_ran_beside_it_is_told(run: PublicRun) -> None:
    assert "not a quiet machine" not in write_public(run)
    assert "**Read with care**: not a quiet machine. A training ran." in write_public(
        replace(run, beside="A training ran.")
    )


def test_missing_files_are_named(run: PublicRun) -> None:
    missing = replace(run, sets=replace(run.sets, missing=[Path("massive_zh/test.csv")]))
    assert "(`massive_zh/test.csv`)" in write_public(missing)


REPORT = "# Benchmarks\n\nOne.\n\n## Figures\n\nTwo.\n\n## What was measured, and how\n\nThree.\n"


def test_a_new_section_stands_before_what_was_measured() -> None:
    report = with_section(REPORT, "## Public sets\n\nNew.\n")
    assert report == REPORT.replace("## What", "## Public sets\n\nNew.\n\n## What")


def test_a_section_takes_the_place_of_the_earlier_one() -> None:
    report = with_section(REPORT, "## Public sets\n\nOld.\n\n### Beside others\n\nOld.\n")
    assert with_section(report, "## Public sets\n\nNew.\n") == with_section(REPORT, "## Public sets\n\nNew.\n")


def test_training_data_are_in_rasas_format(sets: PublicSets) -> None:
    banking = sets.find(BANKING)
    assert banking
    assert "  - intent: card\n    examples: |\n      - where is my card\n" in to_training_data(banking)


def test_a_quick_run_trains_rasa_for_few_epochs() -> None:
    assert "epochs: 100" in plain_config(None)
    assert "epochs: 100" not in plain_config(3)
