"""`wenhao evaluate --data`: how many problems of each kind, the first of each, and how many questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.check_data import FIRST
from bot.settings import Settings
from tests.bot.cli.here import run_here
from tests.bot.evaluation.training_data.small_project import SmallProject


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """A small project, on which the program is run."""
    small = SmallProject.into(tmp_path)
    for name in ("endpoints.yml", "credentials.yml"):
        small.write(name, "{}\n")
    monkeypatch.setattr("bot.cli.evaluate.start", lambda: Settings.read({}, tmp_path))
    return small


def rows(shown: str) -> dict[str, list[str]]:
    """Returns the rows of the tables, by their first cell."""
    cells = [
        [cell.strip() for cell in line.strip("│").split("│")] for line in shown.splitlines() if line.startswith("│")
    ]
    return {first: rest for first, *rest in cells}


def test_advice_alone_is_no_error(project: SmallProject) -> None:
    project.add("greet", "Hello!", "has which account the menu")
    checked = run_here("evaluate", "--data")
    assert checked.exit_code == 0
    found = rows(checked.stdout)
    assert found["texts under two intents"] == ["0", "must be mended"]
    assert found["near copies under two intents"] == ["1", "warning"]
    assert found["copies"] == ["1", "advice"]
    assert found["ask_menu"] == ["1", "1", "2"]
    assert found["all 2 intents"] == ["4", "1", "5"]
    lines = checked.stdout.splitlines()
    assert "near copies under two intents (warning):" in lines
    assert (
        "  data/nlu/b.yml:6: 'has which account the menu' (greet) is 100% like 'Which account has the menu?' "
        "(ask_menu) in data/nlu/a.yml:6; put both under one intent, or word them apart"
    ) in lines


def test_what_must_be_mended_is_an_error(project: SmallProject) -> None:
    project.add("greet", "服务号有菜单吗？")
    checked = run_here("evaluate", "--data")
    assert checked.exit_code == 1
    assert rows(checked.stdout)["texts under two intents"] == ["1", "must be mended"]


def test_the_first_of_each_kind_or_all(project: SmallProject) -> None:
    project.add("greet", *["hello"] * (FIRST + 2))
    for intent in range(FIRST):
        project.add(f"i{intent}", "x", file=f"data/nlu/i{intent}.yml")
    brief = run_here("evaluate", "--data").stdout
    assert brief.count("is there already") == FIRST
    assert "  and 2 more (--all shows them)" in brief.splitlines()
    assert "The 10 smallest" in brief
    assert "greet" not in rows(brief)
    everything = run_here("evaluate", "--data", "--all").stdout
    assert everything.count("is there already") == FIRST + 2
    assert "--all" not in everything
    assert rows(everything)["greet"] == ["13", "0", "13"]


def test_files_that_cannot_be_read_leave_the_rest(project: SmallProject) -> None:
    project.write("data/nlu/a.yml", b"\xff")
    checked = run_here("evaluate", "--data")
    assert checked.exit_code == 1
    assert rows(checked.stdout)["all 0 intents"] == ["0", "0", "0"]
