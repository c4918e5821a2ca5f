"""A model answers with the threshold of its own id, and asks back below it: through the real assistant."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions import consultant_action
from actions.settings import ActionSettings
from bot.learning.promoting.threshold_file import model_id_of, write_thresholds
from bot.models import TrainedModel
from tests.talking import Bot

# Sure enough for the threshold of weights.yml, and not for one of nearly 1.
ASKED = "How much does verification cost?"
NEARLY_ALL = 0.9999


def test_the_threshold_of_this_model_counts_and_no_other(
    bot: Bot, model: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "tuning.yml"
    monkeypatch.setenv("TUNING", str(file))
    consultant_action.shared_desk.cache_clear()
    assert ActionSettings.read().tuning == file
    try:
        assert bot.ask(ASKED)["facts"] == ["verification.fee"]
        write_thresholds(file, {"another model": {"en": NEARLY_ALL, "zh": NEARLY_ALL}})
        assert bot.ask(ASKED)["facts"] == ["verification.fee"]
        write_thresholds(file, {model_id_of(model.file): {"en": NEARLY_ALL, "zh": 0.1}})
        assert bot.ask(ASKED)["facts"] == [], "it asks back"
        assert bot.ask("公众号认证要多少钱？")["facts"] == ["verification.fee"], "each language has its own"
        file.unlink()
        assert bot.ask(ASKED)["facts"] == ["verification.fee"]
    finally:
        consultant_action.shared_desk.cache_clear()
