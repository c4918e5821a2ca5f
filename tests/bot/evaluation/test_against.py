"""What `--against` names."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import WenhaoError
from bot.evaluation.against import find_against, is_model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("report", "models", "elsewhere"):
        (tmp_path / name).mkdir()
    for name in ("models/old.tar.gz", "elsewhere/results.jsonl", "elsewhere/mine.jsonl"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("old", "models/old.tar.gz"),
        ("old.tar.gz", "models/old.tar.gz"),
        ("{}/models/old.tar.gz", "models/old.tar.gz"),
        ("{}/elsewhere/mine.jsonl", "elsewhere/mine.jsonl"),
        ("{}/elsewhere", "elsewhere/results.jsonl"),
    ],
)
def test_a_model_or_results(folder: Path, name: str, found: str) -> None:
    against = find_against(name.format(folder), folder / "report" / "results.jsonl", folder / "models")
    assert against == folder / found
    assert is_model(against) is found.endswith(".tar.gz")


def test_the_last_run_of_the_folder_unless_told_otherwise(folder: Path) -> None:
    kept = folder / "report" / "results.jsonl"
    assert find_against(None, kept, folder / "models") is None
    kept.touch()
    assert find_against(None, kept, folder / "models") == kept


def test_what_is_nowhere(folder: Path) -> None:
    with pytest.raises(WenhaoError, match=r"there is no older: name a results.jsonl or a model in .*there: old.tar.gz"):
        find_against("older", folder / "results.jsonl", folder / "models")
