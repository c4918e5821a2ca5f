"""The machines decide as scikit-learn's own do, for two classes as for many."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import sparse
from sklearn.svm import LinearSVC

from bot.nlu.linear_machines import train_machines


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
