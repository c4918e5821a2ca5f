"""`wenhao train` and `wenhao serve` on training data with problems: all named, nothing trained, exit code 1."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.cli.program import main
from bot.settings import Settings
from tests.bot.evaluation.training_data.small_project import SmallProject

FIRST = "wenhao: the training data have 2 problems; nothing was trained, and earlier models stay as they are:"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """A small project with an earlier model, on which the program is run."""
    small = SmallProject.into(tmp_path)
    small.write("models/earlier.tar.gz", b"kept")
    for name in ("endpoints.yml", "credentials.yml"):
        small.write(name, "{}\n")
    for command in ("train", "serve"):
        monkeypatch.setattr(f"bot.cli.{command}.start", lambda: Settings.read({}, tmp_path))
    return small


@pytest.mark.parametrize("arguments", [("train",), ("train", "--if-needed"), ("serve",)])
def test_problems_stop_training(
    project: SmallProject, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    project.add("greet", "服务号有菜单吗？", "")
    monkeypatch.setattr(sys, "argv", ["wenhao", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    # A text as exit code goes to standard error, and the code is 1.
    assert str(ended.value.code).splitlines() == [
        FIRST,
        "  data/nlu/a.yml:7: '服务号有菜单吗' (ask_menu) stands elsewhere too: '服务号有菜单吗？' "
        "(greet, data/nlu/b.yml:5); keep it under one intent",
        "  data/nlu/b.yml:6: a line without text; write it, or delete the line",
    ]
    models = project.folder / "models"
    assert [file.name for file in models.iterdir()] == ["earlier.tar.gz"]
    assert (models / "earlier.tar.gz").read_bytes() == b"kept"
