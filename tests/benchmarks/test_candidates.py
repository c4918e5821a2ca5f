"""The candidates: each learns, and the one that is configured answers as the classifier does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.candidate import BLOCKS, CANDIDATES, Candidate, train
from benchmarks.candidate_models import all_three, both, neighbours
from benchmarks.candidate_tasks import Task, read_tasks
from benchmarks.candidates import Row, measure, to_table
from bot.nlu.ngram_model import NgramModel, NgramSettings, Sample
from tests.benchmarks.tiny_sets import QUESTIONS, write_sets

SAMPLES = [Sample(text, senses=("money",) if "fee" in text else ()) for text, _ in QUESTIONS]
INTENTS = [intent for _, intent in QUESTIONS]
UNSEEN = [Sample("the fee, how much", senses=("money",)), Sample("the card has not come"), Sample("joke")]
SETTINGS = NgramSettings()


@pytest.mark.parametrize("candidate", CANDIDATES, ids=lambda candidate: candidate.name)
def test_every_candidate_learns(candidate: Candidate) -> None:
    assert train(candidate, SAMPLES, INTENTS, SETTINGS).answers(UNSEEN[:2]) == ["fee", "card"]


def test_what_is_configured_scores_as_the_classifier_does() -> None:
    model = NgramModel.train(SAMPLES, INTENTS, SETTINGS)
    trained = train(Candidate("", BLOCKS, both), SAMPLES, INTENTS, SETTINGS)
    scores = trained.score(UNSEEN)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    assert trained.model.labels == model.labels
    np.testing.assert_allclose(powers / powers.sum(axis=1, keepdims=True), model.confidences(UNSEEN), rtol=1e-4)


def test_neighbours_share_their_votes() -> None:
    trained = train(Candidate("", BLOCKS, neighbours), SAMPLES, INTENTS, SETTINGS)
    scores = trained.score(UNSEEN)
    assert scores[:2].sum(axis=1) == pytest.approx([1, 1])
    assert scores[0, 1] > scores[0, 0]


def test_a_question_that_is_like_no_example_has_no_neighbours() -> None:
    trained = train(Candidate("", BLOCKS, neighbours), SAMPLES, INTENTS, SETTINGS)
    assert trained.score([Sample("")]).tolist() == [[0, 0]]
    assert train(Candidate("", BLOCKS, all_three), SAMPLES, INTENTS, SETTINGS).answers([Sample("")])


def test_tasks_ask_validation_questions(tmp_path: Path) -> None:
    tasks = read_tasks(write_sets(tmp_path), None)
    assert len(tasks) == 5
    assert [sample.text for sample in tasks[0].samples][1] == "what is the fee, please"
    assert tasks[0].labels == INTENTS
    assert list(tasks[0].right) == [{intent} for intent in INTENTS]
    assert read_tasks(tmp_path / "none", None) == []


def test_a_share_counts_whatever_is_right() -> None:
    task = Task("few", SAMPLES, INTENTS, UNSEEN, [{"fee", "price"}, {"card"}, set()])
    assert task.share(["price", "fee", "fee"]) == pytest.approx(1 / 3)
    assert measure(CANDIDATES[0], task, SETTINGS).share == pytest.approx(2 / 3)


def test_the_table_has_a_row_for_each_candidate() -> None:
    task = Task("few", SAMPLES, INTENTS, UNSEEN, [])
    lines = to_table([task], [[Row(0.915, 2.0, 0.5)] for _ in CANDIDATES]).splitlines()
    assert lines[0] == "|  | few | training (few), s | a question, ms |"
    assert lines[2] == "| words only | 91.5 | 2.0 | 0.50 |"
    assert len(lines) == len(CANDIDATES) + 2
