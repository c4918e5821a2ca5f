"""Where the actions find their table, and as of when they answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.settings import PROJECT, ActionSettings, SettingsError


def endpoints(folder: Path, content: str) -> dict[str, str]:
    file = folder / "endpoints.yml"
    file.write_text(content, encoding="utf-8")
    return {"ENDPOINTS": str(file)}


def test_the_projects_own() -> None:
    tuning = PROJECT / "models" / "tuning.yml"
    assert ActionSettings.read({}) == ActionSettings(PROJECT / "data" / "rule_table", "guide", tuning)


def test_the_thresholds_lie_beside_the_models_unless_they_are_named(tmp_path: Path) -> None:
    assert ActionSettings.read({"MODELS": str(tmp_path)}).tuning == tmp_path / "tuning.yml"
    assert ActionSettings.read({"MODELS": "elsewhere", "TUNING": str(tmp_path / "x")}).tuning == tmp_path / "x"


def test_another_table(tmp_path: Path) -> None:
    assert ActionSettings.read({"RULE_TABLE": str(tmp_path)}).rule_table == tmp_path


@pytest.mark.parametrize("empty", ["RULE_TABLE", "ENDPOINTS"])
def test_an_empty_setting_is_none(empty: str) -> None:
    assert ActionSettings.read({empty: ""}) == ActionSettings.read({})


@pytest.mark.parametrize("written", ["guide", "today", "2026", "2026-11", "2026-11-21"])
def test_as_of(tmp_path: Path, written: str) -> None:
    assert ActionSettings.read(endpoints(tmp_path, f"rules:\n  as_of: {written}\n")).as_of == written


@pytest.mark.parametrize("content", ["", "# nothing\n", "rules:\n", "rules: {}\n", "other: 1\n"])
def test_as_of_is_the_guides_where_nothing_is_said(tmp_path: Path, content: str) -> None:
    assert ActionSettings.read(endpoints(tmp_path, content)).as_of == "guide"


def test_no_endpoints_at_all(tmp_path: Path) -> None:
    assert ActionSettings.read({"ENDPOINTS": str(tmp_path / "none.yml")}).as_of == "guide"


@pytest.mark.parametrize("written", ["tomorrow", "20261121", "2026-13", "now"])
def test_a_bad_as_of_is_named_with_its_file(tmp_path: Path, written: str) -> None:
    environ = endpoints(tmp_path, f"rules:\n  as_of: {written}\n")
    with pytest.raises(SettingsError, match=rf"endpoints\.yml: rules\.as_of: .*'{written}'.*guide, today or a date"):
        ActionSettings.read(environ)
