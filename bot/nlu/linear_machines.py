"""One-against-rest linear support vector machines (liblinear, through scikit-learn), trained on all processors."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

Matrix = NDArray[np.floating[Any]]
"""Rows by columns, of float32 or float64."""

# No label of a caller's: stands for all labels that another thread trains.
REST = "\x00rest"


def train_machines(features: sparse.csr_matrix, labels: Sequence[str], c: float) -> tuple[list[str], Matrix, Matrix]:
    """Returns the labels in order, their weights (features, labels) and biases; `c` is the inverse regularisation."""
    given = np.array(labels)
    names = sorted(set(labels))
    workers = max(1, min(os.cpu_count() or 1, len(names) // 2))
    parts = [names[start::workers] for start in range(workers)]
    # liblinear runs without Python's lock, so that threads share the features.
    with ThreadPoolExecutor(workers) as pool:
        trained = list(pool.map(lambda part: _train_part(features, given, part, c), parts))
    order = np.argsort([name for part in parts for name in part])
    weights = np.vstack([weights for weights, _ in trained])[order]
    bias = np.concatenate([bias for _, bias in trained])[order]
    # Features by rows and contiguous: a sparse text then touches only its own rows (a copy a question otherwise).
    return names, np.ascontiguousarray(weights.T, dtype=np.float32), bias


def _train_part(features: sparse.csr_matrix, given: Any, part: list[str], c: float) -> tuple[Matrix, Matrix]:
    """Returns the weights (labels, features) and biases of some labels, each against all others."""
    machine = LinearSVC(C=c, tol=0.01, random_state=0)
    machine.fit(features, np.where(np.isin(given, part), given, REST))
    weights, bias = machine.coef_, machine.intercept_
    if len(weights) == 1:
        # Of two classes scikit-learn keeps only the second's machine; the first's is its mirror image.
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    rows = [list(machine.classes_).index(name) for name in part]
    return weights[rows], bias[rows]
