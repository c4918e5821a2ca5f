"""Accuracy, macro F1 and calibration error, computed by hand."""

from __future__ import annotations

import pytest

from benchmarks.scores import Answer, macro_f1, score


def _answer(intent: str, confidence: float, milliseconds: float = 1.0) -> Answer:
    return Answer(intent, confidence, milliseconds / 1000, milliseconds / 2000)


def test_scores_by_hand() -> None:
    intents = ["a", "a", "b", "b"]
    answers = [_answer("a", 0.95, 1), _answer("a", 0.85, 2), _answer("b", 0.75, 4), _answer("a", 0.85, 9)]
    scores = score(intents, answers)
    assert scores.accuracy == 0.75
    # a: precision 2/3, recall 1, F1 0.8; b: precision 1, recall 1/2, F1 2/3.
    assert scores.macro_f1 == pytest.approx((0.8 + 2 / 3) / 2)
    # Bins: 0.9 to 1 (one, right), 0.8 to 0.9 (two, one of them right), 0.7 to 0.8 (one, right).
    assert scores.calibration_error == pytest.approx((0.05 + 2 * 0.35 + 0.25) / 4)
    assert scores.milliseconds == pytest.approx(3.0)
    assert scores.processor_milliseconds == pytest.approx(1.5)


def test_an_intent_that_was_only_given_counts_in_the_mean() -> None:
    # a: precision 1, recall 1/2, F1 2/3; c: never asked for, F1 0.
    assert macro_f1(["a", "a"], ["a", "c"]) == pytest.approx(1 / 3)


def test_confidences_that_hold_have_no_error() -> None:
    answers = [_answer("a", 0.75)] * 3 + [_answer("b", 0.75)]
    assert score(["a"] * 4, answers).calibration_error == pytest.approx(0)


def test_a_fallback_is_no_answer_but_what_it_stands_before() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.7}, {"name": "fee", "confidence": 0.2}]
    parsed = {"intent": ranking[0], "intent_ranking": ranking}
    assert Answer.of(parsed, 0.002, 0.001) == Answer("fee", 0.2, 0.002, 0.001)


def test_without_a_ranking_the_intent_is_the_answer() -> None:
    parsed = {"intent": {"name": "fee", "confidence": 1.0}, "intent_ranking": []}
    assert Answer.of(parsed, 0.002, 0.001).intent == "fee"
