"""`wenhao plan` in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.pango import skip_without_pango
from tests.programs import wenhao

TOLD = {"wishes": ["wechat_pay"], "listed": "no", "start": "2026-12-07"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "circumstances.json"
    path.write_text(json.dumps(TOLD), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("ending", "begins"), [("pdf", b"%PDF-"), ("html", b"<!doctype html>"), ("md", b"# "), ("json", b"{")]
)
def test_a_plan_is_written(file: Path, tmp_path: Path, ending: str, begins: bytes) -> None:
    if ending == "pdf":
        skip_without_pango("zh")
    output = tmp_path / f"plan.{ending}"
    done = wenhao("plan", "--json", str(file), "-o", str(output), "--language", "zh")
    assert (done.returncode, done.stderr) == (0, "")
    assert output.read_bytes().startswith(begins)


def test_circumstances_come_from_standard_input_too(tmp_path: Path) -> None:
    output = tmp_path / "plan.md"
    done = wenhao("plan", "--json", "-", "-o", str(output), "--as-of", "today", lines=json.dumps(TOLD))
    assert done.returncode == 0
    assert "20,000" not in output.read_text(encoding="utf-8").split("## Changed")[0].split("By the guide")[0]


@pytest.mark.parametrize(
    ("content", "output", "more", "says"),
    [
        ('{"wish": 1}', "plan.md", (), "unknown name 'wish'"),
        ("{", "plan.md", (), "is no JSON"),
        ("{}", "plan.doc", (), "write one of .pdf, .html, .md, .json"),
        ("{}", "plan.md", ("--language", "fr"), "write en or zh"),
        ("{}", "plan.md", ("--as-of", "soon"), "as_of is 'soon'"),
        ("{}", "nowhere/plan.md", (), "can't be written"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, content: str, output: str, more: tuple[str, ...], says: str) -> None:
    file = tmp_path / "told.json"
    file.write_text(content, encoding="utf-8")
    done = wenhao("plan", "--json", str(file), "-o", str(tmp_path / output), *more)
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
