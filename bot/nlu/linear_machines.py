"""Linear classifiers as weights and biases (scikit-learn): support vector machines and naive Bayes."""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np
from joblib import Parallel, cpu_count, delayed
from joblib.externals.loky import get_reusable_executor
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

# From this many texts on it pays to start processes, which takes some seconds.
MANY_TEXTS = 10_000
FEWEST_LABELS = 8
MOST_PROCESSES = 2

# Sorts before every name of an intent.
REST = ""

Matrix = NDArray[np.floating[Any]]
"""Rows by columns, of float32 or float64."""


def train_machines(features: sparse.csr_matrix, labels: Sequence[str], c: float) -> tuple[list[str], Matrix, Matrix]:
    """Returns the labels in order, their weights (features, labels) and biases; `c` is the inverse regularisation.

    Many texts are shared out among the processors, each of which trains the machines of some labels.
    """
    names = sorted(set(labels))
    shares = min(MOST_PROCESSES, cpu_count(), len(names) // FEWEST_LABELS) if len(labels) >= MANY_TEXTS else 1
    # Sorted and of this type once, or each process would do it on a copy of its own.
    exact = features.astype(np.float64)
    exact.sort_indices()
    if shares < 2:
        parts = [_machines(exact, labels, names, c)]
    else:
        # Processes, for liblinear aborts when two threads of one run it at a time.
        tasks = (delayed(_machines)(exact, labels, names[place::shares], c) for place in range(shares))
        parts = Parallel(n_jobs=shares)(tasks)
        get_reusable_executor().shutdown(wait=True)
    # Features by rows and contiguous: a sparse text then touches only its own rows (a copy a question otherwise).
    weights = np.empty((features.shape[1], len(names)), dtype=np.float32)
    bias = np.empty(len(names))
    for place, (part, part_bias) in enumerate(parts):
        weights[:, place::shares] = part.T
        bias[place::shares] = part_bias
    return names, weights, bias


def _machines(
    features: sparse.csr_matrix, labels: Sequence[str], names: Sequence[str], c: float
) -> tuple[Matrix, Matrix]:
    """Returns the weights (labels, features) and biases of the machines of some labels, each against all the rest."""
    known = set(names)
    # All other labels are one to liblinear, and sorted first; its machine is trained too, and left out.
    named = [label if label in known else REST for label in labels]
    machine = LinearSVC(C=c, tol=0.01, random_state=0).fit(features, named)
    weights, bias = machine.coef_, machine.intercept_
    if len(weights) == 1:
        # Of two classes scikit-learn keeps only the second's machine; the first's is its mirror image.
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    first = int(machine.classes_[0] == REST)
    return weights[first:].astype(np.float32), bias[first:]


def train_bayes(features: sparse.csr_matrix, labels: Sequence[str], smoothing: float) -> Matrix:
    """Returns complement naive Bayes' weights (features, labels), the labels in their sorted order.

    The mean over labels is taken off each feature's weights: it changes no decision and keeps the numbers small.
    Rennie et al., Tackling the Poor Assumptions of Naive Bayes Text Classifiers (2003), as scikit-learn has it; done in
    one array, for scikit-learn's own takes seven times its room.
    """
    names, places = np.unique(labels, return_inverse=True)
    ones = np.ones(len(labels), dtype=np.float32)
    membership = sparse.csr_matrix((ones, (places, np.arange(len(labels)))), shape=(len(names), len(labels)))
    weights: Matrix = (membership @ features).T.toarray(order="C")
    # How much of each feature stands under the other labels: the less of theirs it is, the more it speaks for this one.
    np.subtract(weights.sum(axis=1, keepdims=True) + np.float32(smoothing), weights, out=weights)
    of_others = weights.sum(axis=0, dtype=np.float64)
    np.log(weights, out=weights)
    np.subtract(np.log(of_others).astype(np.float32), weights, out=weights)
    weights -= weights.mean(axis=1, keepdims=True)
    return weights
