"""The n-gram model: what is saved answers as what was trained."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.ngram_model import NgramModel, NgramSettings, Sample
from tests.bot.nlu.graph import SENTENCES

LABELS = list(SENTENCES.values())
SETTINGS = NgramSettings(c=1.0, sharpness=5.0)
SENSES = {"ask_verification_fee": ("amount", "money"), "ask_menu": ("having",), "greet": ()}
SAMPLES = [
    Sample(text, ("account=service",) if "服务号" in text else ("verified=yes",), senses=SENSES[label])
    for text, label in SENTENCES.items()
]
BARE = [Sample(text) for text in SENTENCES]
UNSEEN = [
    Sample("verification cost please"),
    Sample("服务号的菜单", ("account=service",)),
    Sample("hello hello"),
    Sample("完全没见过的话"),
    Sample(""),
    Sample("👍", ("planet=mars",)),
    Sample("dosh", senses=("money", "unheard_of")),
]


@pytest.fixture(scope="module")
def model() -> NgramModel:
    return NgramModel.train(SAMPLES, LABELS, SETTINGS)


def test_it_learns_its_sentences(model: NgramModel) -> None:
    found = [model.labels[row.argmax()] for row in model.confidences(SAMPLES)]
    assert found == LABELS


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


def test_senses_tell_what_no_word_does(model: NgramModel) -> None:
    """A word that no training question has still counts by its sense."""
    place = model.labels.index("ask_verification_fee")
    with_sense, without = model.confidences([Sample("dosh", senses=("money",)), Sample("dosh")])
    assert with_sense[place] > without[place]
    assert model.labels[with_sense.argmax()] == "ask_verification_fee"


def test_the_order_of_senses_counts(model: NgramModel) -> None:
    as_learned, turned = model.confidences(
        [Sample("", senses=order) for order in (("amount", "money"), ("money", "amount"))]
    )
    assert not np.allclose(as_learned, turned)


def test_a_sense_that_is_new_says_nothing(model: NgramModel) -> None:
    with_sense, without = model.confidences([Sample("menu", senses=("unheard_of",)), Sample("menu")])
    assert np.array_equal(with_sense, without)


@pytest.mark.parametrize(
    ("samples", "found"),
    [
        (SAMPLES, {"concepts", "senses"}),
        (BARE, set()),
        ([sample._replace(senses=()) for sample in SAMPLES], {"concepts"}),
        ([sample._replace(concepts=()) for sample in SAMPLES], {"senses"}),
    ],
    ids=["all", "text alone", "no senses", "no concepts"],
)
def test_blocks_in_which_nothing_was_found_are_left_out(samples: list[Sample], found: set[str], tmp_path: Path) -> None:
    model = NgramModel.train(samples, LABELS, SETTINGS)
    assert [model.labels[row.argmax()] for row in model.confidences(samples)] == LABELS
    model.save(tmp_path)
    blocks = json.loads((tmp_path / "ngrams.json").read_text(encoding="utf-8"))["terms"]
    assert {"concepts", "senses"} & set(blocks) == found
    assert {"words", "characters", "syllables"} <= set(blocks)
    assert all(terms for terms in blocks.values())
    assert np.allclose(model.confidences(UNSEEN), NgramModel.load(tmp_path).confidences(UNSEEN), atol=0.05)


def test_other_faults_of_the_samples_are_told() -> None:
    with pytest.raises(ValueError, match="inconsistent numbers of samples"):
        NgramModel.train(BARE, LABELS[:-1], SETTINGS)


@pytest.mark.parametrize("bayes", [0.0, 0.5, 2.0])
def test_naive_bayes_weighs_as_much_as_it_is_told(bayes: float) -> None:
    machines = NgramModel.train(BARE, LABELS, SETTINGS._replace(bayes=0.0))
    both = NgramModel.train(BARE, LABELS, SETTINGS._replace(bayes=bayes))
    same = np.array_equal(machines.confidences(UNSEEN), both.confidences(UNSEEN))
    assert same is (bayes == 0.0)
    assert [both.labels[row.argmax()] for row in both.confidences(BARE)] == LABELS


def test_sharper_settings_give_surer_confidences() -> None:
    dull, sharp = (NgramModel.train(BARE, LABELS, NgramSettings(sharpness=sharpness)) for sharpness in (1.0, 8.0))
    assert (sharp.confidences(BARE).max(axis=1) > dull.confidences(BARE).max(axis=1)).all()


def test_training_is_the_same_every_time(model: NgramModel) -> None:
    again = NgramModel.train(SAMPLES, LABELS, SETTINGS)
    assert np.array_equal(model.confidences(UNSEEN), again.confidences(UNSEEN))
