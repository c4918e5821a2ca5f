"""The n-gram model: what is saved answers as what was trained."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.ngram_model import NgramModel, Sample
from tests.bot.nlu.graph import SENTENCES

SAMPLES = [Sample(text, ("account=service",) if "服务号" in text else ("verified=yes",)) for text in SENTENCES]
UNSEEN = [
    Sample("verification cost please"),
    Sample("服务号的菜单", ("account=service",)),
    Sample("hello hello"),
    Sample("完全没见过的话"),
    Sample(""),
    Sample("👍", ("planet=mars",)),
]


@pytest.fixture(scope="module")
def model() -> NgramModel:
    return NgramModel.train(SAMPLES, list(SENTENCES.values()), c=1.0, sharpness=5.0)


def test_it_learns_its_sentences(model: NgramModel) -> None:
    found = [model.labels[row.argmax()] for row in model.confidences(SAMPLES)]
    assert found == list(SENTENCES.values())


def test_confidences_are_shares(model: NgramModel) -> None:
    confidences = model.confidences([*SAMPLES, *UNSEEN])
    assert confidences.shape == (len(SAMPLES) + len(UNSEEN), 3)
    assert np.allclose(confidences.sum(axis=1), 1)
    assert (confidences >= 0).all()


def test_a_loaded_model_answers_as_the_trained_one(model: NgramModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = NgramModel.load(tmp_path)
    assert list(again.labels) == list(model.labels)
    before, after = model.confidences([*SAMPLES, *UNSEEN]), again.confidences([*SAMPLES, *UNSEEN])
    assert np.abs(before - after).max() < 0.02
    assert (before.argmax(axis=1) == after.argmax(axis=1))[: len(SAMPLES) + 3].all()


def test_saving_what_was_loaded_changes_nothing_more(model: NgramModel, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("first", "second")]
    kept = model
    for folder in folders:
        folder.mkdir()
        kept.save(folder)
        kept = NgramModel.load(folder)
    before, after = (NgramModel.load(folder).confidences(SAMPLES) for folder in folders)
    assert np.allclose(before, after, atol=1e-5)


def test_a_saved_model_is_plain_data(model: NgramModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["ngrams.json", "weights.npz"]
    assert json.loads((tmp_path / "ngrams.json").read_text(encoding="utf-8"))["labels"] == list(model.labels)
    with np.load(tmp_path / "weights.npz", allow_pickle=False) as arrays:
        assert all(array.dtype.kind in "fi" for array in arrays.values())


def test_concepts_count(model: NgramModel) -> None:
    with_concept, without = model.confidences([Sample("which", ("account=service",)), Sample("which")])
    assert not np.allclose(with_concept, without)


def test_a_lead_is_given_in_advance() -> None:
    labels = list(SENTENCES.values())
    plain = NgramModel.train(SAMPLES, labels, c=1.0, sharpness=5.0)
    leading = NgramModel.train(SAMPLES, labels, c=1.0, sharpness=5.0, leads={"greet": 1.0})
    place = plain.labels.index("greet")
    assert (leading.confidences(UNSEEN)[:, place] > plain.confidences(UNSEEN)[:, place]).all()


def test_training_is_the_same_every_time(model: NgramModel) -> None:
    again = NgramModel.train(SAMPLES, list(SENTENCES.values()), c=1.0, sharpness=5.0)
    assert np.array_equal(model.confidences(UNSEEN), again.confidences(UNSEEN))
