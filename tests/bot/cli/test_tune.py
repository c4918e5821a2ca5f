"""`wenhao tune` fits the reading's weights to cases and writes them, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from actions.consult.reading import WEIGHTS_FILE, Tuning
from bot.errors import WenhaoError
from tests.bot.cli.here import run_here

CASES = """\
{"id": "d1", "language": "en", "turns": [{"text": "How much does verification cost?", "facts": ["verification.fee"]}, \
{"text": "and how long does it take?", "facts": ["verification.duration"]}]}
{"text": "公众号认证要什么材料？", "language": "zh", "style": "plain", "facts": ["verification.materials"]}
{"text": "What is the weather like?", "language": "en", "style": "oos", "facts": []}
"""


def test_weights_are_fitted_and_written(
    tmp_path: Path, settings: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    cases, weights = tmp_path / "cases.jsonl", tmp_path / "weights.yml"
    cases.write_text(CASES, encoding="utf-8")
    monkeypatch.setattr("bot.cli.tune.WEIGHTS_FILE", weights)
    before = WEIGHTS_FILE.read_bytes()
    result = run_here("tune", str(cases), **settings)
    assert result.exit_code == 0, result.output
    assert "to 4 messages: weights.yml" in result.stdout
    assert weights.read_text(encoding="utf-8").startswith("#"), "says that it was written by the command"
    fitted = Tuning(**yaml.safe_load(weights.read_text(encoding="utf-8")))
    assert fitted.weights["said"] > 0
    assert 0 <= fitted.ask_back_below < 1
    assert WEIGHTS_FILE.read_bytes() == before


def test_a_file_that_is_not_there_is_named(settings: dict[str, object]) -> None:
    result = run_here("tune", "nowhere.jsonl", **settings)
    assert isinstance(result.exception, WenhaoError)
    assert "nowhere.jsonl does not exist" in str(result.exception)
