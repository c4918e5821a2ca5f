"""The component that marks language and script."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.language_detector import THIRD_LANGUAGE, LanguageDetector
from tests.bot.nlu.graph import made, processed, storage, training_data


@pytest.mark.parametrize(
    ("text", "language", "traditional"),
    [
        ("How much?", "en", False),
        ("认证要多少钱", "zh", False),
        ("認證要多少錢", "zh", True),
        ("Wie viel kostet das?", "en", False),
        ("Сколько стоит?", "en", False),
        ("認証費用はいくらですか", "en", False),
        ("2", None, False),
        ("", None, False),
    ],
)
def test_marks(tmp_path: Path, text: str, language: str | None, traditional: bool) -> None:
    detector = made(LanguageDetector, storage(tmp_path))
    marks = processed(detector, text)
    assert marks["traditional"] is traditional
    assert marks.get("language") == language


@pytest.mark.parametrize(
    ("text", "third"), [("How much?", False), ("认证要多少钱", False), ("Wie viel kostet es?", True)]
)
def test_a_third_language_is_marked_for_the_classifier(tmp_path: Path, text: str, third: bool) -> None:
    (message,) = made(LanguageDetector, storage(tmp_path)).process([Message({"text": text})])
    assert message.get(THIRD_LANGUAGE) is third
    assert THIRD_LANGUAGE not in message.as_dict(only_output_properties=True)


def test_training_questions_stay_as_they_are(tmp_path: Path) -> None:
    data = training_data()
    before = [dict(example.data) for example in data.training_examples]
    detector = made(LanguageDetector, storage(tmp_path))
    assert [example.data for example in detector.process_training_data(data).training_examples] == before
