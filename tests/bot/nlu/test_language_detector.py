"""The component that marks language and script."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu.language_detector import LanguageDetector
from tests.bot.nlu.graph import made, processed, storage, training_data


@pytest.mark.parametrize(
    ("text", "language", "traditional"),
    [
        ("How much?", "en", False),
        ("认证要多少钱", "zh", False),
        ("認證要多少錢", "zh", True),
        ("2", None, False),
        ("", None, False),
    ],
)
def test_marks(tmp_path: Path, text: str, language: str | None, traditional: bool) -> None:
    detector = made(LanguageDetector, storage(tmp_path))
    marks = processed(detector, text)
    assert marks["traditional"] is traditional
    assert marks.get("language") == language


def test_training_questions_stay_as_they_are(tmp_path: Path) -> None:
    data = training_data()
    before = [dict(example.data) for example in data.training_examples]
    detector = made(LanguageDetector, storage(tmp_path))
    assert [example.data for example in detector.process_training_data(data).training_examples] == before
