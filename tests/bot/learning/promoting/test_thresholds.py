"""Tuning a candidate's threshold: what serves people best, by language, and what the curve shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import ModelError
from bot.evaluation.tuning import Trial
from bot.learning.promoting.threshold_file import model_id_of, read_thresholds, write_thresholds
from bot.learning.promoting.thresholds import LEAST_MESSAGES, curve, tuned


def trials(count: int, confidence: float, hit: bool, offered: bool = True) -> list[Trial]:
    return [Trial(confidence, True, True, hit, offered) for _ in range(count)]


OLD = {"en": 0.13, "zh": 0.13}


def test_where_answers_are_wrong_and_choices_right_it_asks_back() -> None:
    unsure, sure = trials(20, 0.15, hit=False), trials(LEAST_MESSAGES, 0.9, hit=True)
    found = tuned([("en", each) for each in (*unsure, *sure)], OLD)
    assert 0.15 < found["en"] == found["zh"]


def test_answers_that_are_right_though_unsure_are_given() -> None:
    right = [*trials(20, 0.15, hit=True), *trials(LEAST_MESSAGES, 0.9, hit=True)]
    found = tuned([("en", each) for each in right], OLD)
    assert found["en"] <= 0.15


def test_few_messages_change_nothing() -> None:
    assert tuned([("en", each) for each in trials(LEAST_MESSAGES - 1, 0.15, hit=False)], OLD) == OLD


def test_each_language_has_its_own_where_that_serves_better() -> None:
    english = [*trials(80, 0.2, hit=False), *trials(LEAST_MESSAGES, 0.9, hit=True)]
    chinese = [*trials(60, 0.2, hit=True), *trials(LEAST_MESSAGES, 0.9, hit=True)]
    found = tuned([*(("en", each) for each in english), *(("zh", each) for each in chinese)], OLD)
    assert found["zh"] <= 0.2 < found["en"]
    few = tuned([*(("en", each) for each in english), *(("zh", each) for each in chinese[:20])], OLD)
    assert few["en"] == few["zh"], "twenty messages tell nothing of a language"


def test_the_curve_falls_with_the_threshold() -> None:
    found = curve([("en", each) for each in (*trials(10, 0.1, hit=False), *trials(10, 0.4, hit=True))])
    points = {point["threshold"]: point for point in found}
    assert (points[0.0]["answered"], points[0.0]["wrong"]) == (1.0, 0.5)
    assert (points[0.2]["answered"], points[0.2]["wrong"]) == (0.5, 0.0)
    assert {point["language"] for point in found} == {"en"}


def test_what_is_not_ours_and_answered_counts_as_wrong() -> None:
    others = [Trial(0.4, True, False, False, False)] * 10
    found = curve([("zh", each) for each in (*others, *trials(10, 0.4, hit=True))])
    assert (found[0]["answered"], found[0]["wrong"]) == (1.0, 0.5)


def test_they_are_written_and_read(tmp_path: Path) -> None:
    file = tmp_path / "tuning.yml"
    assert read_thresholds(file) == {}
    write_thresholds(file, {"a": {"en": 0.1}, "none": {}})
    assert read_thresholds(file) == {"a": {"en": 0.1}}
    assert file.read_text(encoding="utf-8").startswith("#")


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08\x00"])
def test_what_is_no_model_has_no_id(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.tar.gz"
    file.write_bytes(content)
    with pytest.raises(ModelError, match="is no whole model"):
        model_id_of(file)
