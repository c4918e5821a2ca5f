"""Settings are chosen by what is answered rightly on validation questions, and sharpness by likelihood."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks.tuning import CS, SHARPNESSES, SMOOTHINGS, choose, likelihood, work
from bot.nlu.ngram_model import NgramModel, Sample
from tests.benchmarks.tiny_sets import QUESTIONS

SAMPLES = [Sample(text) for text, _ in QUESTIONS]
INTENTS = [intent for _, intent in QUESTIONS]


def test_the_likelihood_by_hand() -> None:
    scores = np.log([[3.0, 1.0], [1.0, 1.0], [1.0, 9.0]])
    # The third question's intent is not among the labels.
    assert likelihood(scores, np.array([0, 1, -1])) == pytest.approx((math.log(0.75) + math.log(0.5)) / 2)


def test_the_chosen_settings_answer_the_validation_questions() -> None:
    valid = [Sample("the fee, how much"), Sample("the card has not come")]
    settings = choose(SAMPLES, INTENTS, valid, ["fee", "card"])
    assert settings.c in CS
    assert settings.smoothing in SMOOTHINGS
    assert settings.sharpness in SHARPNESSES
    model = NgramModel.train(SAMPLES, INTENTS, settings)
    assert [model.labels[index] for index in model.confidences(valid).argmax(axis=1)] == ["fee", "card"]


def test_questions_that_are_all_read_rightly_ask_for_sharp_confidences() -> None:
    sharp = choose(SAMPLES, INTENTS, SAMPLES, INTENTS)
    blunt = choose(SAMPLES, INTENTS, SAMPLES, ["fee", "fee", "card", "card", "card", "fee"])
    assert sharp.sharpness > blunt.sharpness


def test_a_job_names_the_settings_by_name() -> None:
    config = [{"name": "bot.nlu.question_classifier.QuestionClassifier"}]
    chosen = work({"config": config, "train": QUESTIONS, "valid": QUESTIONS})
    assert set(chosen) == {"c", "smoothing", "sharpness", "bayes"}
