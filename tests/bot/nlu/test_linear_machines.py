"""The machines and naive Bayes decide as scikit-learn's own do, for two classes as for many."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import sparse
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from bot.nlu import linear_machines
from bot.nlu.linear_machines import train_bayes, train_machines


@pytest.mark.parametrize("classes", [2, 3, 7])
def test_decisions_are_scikit_learns(classes: int) -> None:
    numbers = np.random.default_rng(0)
    labels = [f"c{place % classes}" for place in range(60)]
    centres = numbers.normal(size=(classes, 12))
    rows = np.array([centres[place % classes] + 0.5 * numbers.normal(size=12) for place in range(60)], dtype=np.float32)
    names, weights, bias = train_machines(sparse.csr_matrix(rows), labels, c=1.0)
    machine: Any = LinearSVC(C=1.0, tol=0.01, random_state=0).fit(sparse.csr_matrix(rows), labels)
    margins = rows @ weights + bias
    assert names == sorted(set(labels))
    assert margins.shape == (60, classes)
    assert [names[place] for place in margins.argmax(axis=1)] == list(machine.predict(rows))


def counted(classes: int) -> tuple[sparse.csr_matrix, list[str]]:
    """Returns texts as counts of words, and their labels: each label has a word that it uses more than the others."""
    numbers = np.random.default_rng(1)
    labels = [f"c{place % classes}" for place in range(60)]
    counts = numbers.poisson(0.4, size=(60, 20)).astype(np.float32)
    for place in range(60):
        counts[place, place % classes] += 2
    return sparse.csr_matrix(counts), labels


@pytest.mark.parametrize("classes", [2, 3, 7])
@pytest.mark.parametrize("smoothing", [0.01, 0.1, 1.0])
def test_bayes_decides_as_scikit_learns(classes: int, smoothing: float) -> None:
    counts, labels = counted(classes)
    weights = train_bayes(counts, labels, smoothing)
    names = sorted(set(labels))
    assert weights.shape == (20, classes)
    found = [names[place] for place in (counts @ weights).argmax(axis=1)]
    assert found == list(ComplementNB(alpha=smoothing).fit(counts, labels).predict(counts))


def test_a_word_speaks_for_the_label_that_uses_it() -> None:
    weights = train_bayes(*counted(5), smoothing=0.1)
    assert [int(row.argmax()) for row in weights[:5]] == [0, 1, 2, 3, 4]


def test_what_a_word_says_of_all_labels_is_taken_off() -> None:
    weights = train_bayes(*counted(5), smoothing=0.1)
    assert np.allclose(weights.mean(axis=1), 0, atol=1e-6)


def test_weights_are_small_numbers_in_one_piece() -> None:
    """So that a sparse text touches its own rows alone, and the model needs half the room."""
    for weights in (train_bayes(*counted(3), smoothing=0.1), train_machines(*counted(3), c=1.0)[1]):
        assert weights.dtype == np.float32
        assert weights.flags["C_CONTIGUOUS"]


def test_the_same_texts_give_the_same_weights() -> None:
    first, again = (train_bayes(*counted(4), smoothing=0.1) for _ in range(2))
    assert np.array_equal(first, again)


def test_shared_out_among_processes_the_machines_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    counts, labels = counted(20)
    alone = train_machines(counts, labels, c=0.3)
    monkeypatch.setattr(linear_machines, "MANY_TEXTS", 1)
    shares: list[int] = []
    monkeypatch.setattr(linear_machines, "cpu_count", lambda: shares.append(2) or 2)
    shared = train_machines(counts, labels, c=0.3)
    assert shares
    assert shared[0] == alone[0]
    # liblinear takes the texts in another order, and stops where it is near enough.
    assert np.abs(counts @ shared[1] + shared[2] - (counts @ alone[1] + alone[2])).max() < 0.02


def test_a_label_that_sorts_before_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the labels is one to liblinear; it must be no label of ours."""
    counts, labels = counted(16)
    labels = ["!" + label for label in labels]
    monkeypatch.setattr(linear_machines, "MANY_TEXTS", 1)
    monkeypatch.setattr(linear_machines, "cpu_count", lambda: 2)
    names, weights, bias = train_machines(counts, labels, c=1.0)
    found = (counts @ weights + bias).argmax(axis=1)
    machine: Any = LinearSVC(C=1.0, tol=0.01, random_state=0).fit(counts, labels)
    assert [names[place] for place in found] == list(machine.predict(counts))
