"""The program's way around the public sets where they are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import bench


def _bench(sets: Path, output: Path) -> None:
    bench(
        sample=None,
        seconds=None,
        skip_plain=True,
        quick=True,
        output=output,
        public_sets=sets,
        only_public=True,
        beside="",
    )


def test_without_the_sets_a_report_says_so_and_keeps_its_other_sections(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "benchmarks.md"
    report.write_text("# Benchmarks\n\n## Figures\n\nOne.\n", encoding="utf-8")
    _bench(tmp_path / "none", report)
    written = report.read_text(encoding="utf-8")
    assert written.startswith("# Benchmarks\n\n## Figures\n\nOne.\n\n## Public sets\n\nNot measured")
    assert written in capsys.readouterr().out


def test_without_a_report_the_section_is_one(tmp_path: Path) -> None:
    _bench(tmp_path / "none", tmp_path / "docs" / "benchmarks.md")
    assert (tmp_path / "docs" / "benchmarks.md").read_text(encoding="utf-8").startswith("## Public sets")
