"""Linear classifiers as weights and biases (scikit-learn): support vector machines and naive Bayes."""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

Matrix = NDArray[np.floating[Any]]
"""Rows by columns, of float32 or float64."""


def train_machines(features: sparse.csr_matrix, labels: Sequence[str], c: float) -> tuple[list[str], Matrix, Matrix]:
    """Returns the labels in order, their weights (features, labels) and biases; `c` is the inverse regularisation."""
    # In one thread: liblinear lets go of Python's lock, but aborts when two of it run at a time.
    machine = LinearSVC(C=c, tol=0.01, random_state=0).fit(features, labels)
    weights, bias = machine.coef_, machine.intercept_
    if len(weights) == 1:
        # Of two classes scikit-learn keeps only the second's machine; the first's is its mirror image.
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    # Features by rows and contiguous: a sparse text then touches only its own rows (a copy a question otherwise).
    return list(machine.classes_), np.ascontiguousarray(weights.T, dtype=np.float32), bias


def train_bayes(features: sparse.csr_matrix, labels: Sequence[str], smoothing: float) -> Matrix:
    """Returns complement naive Bayes' weights (features, labels), the labels in their sorted order.

    The mean over labels is taken off each feature's weights: it changes no decision and keeps the numbers small.
    """
    weights = ComplementNB(alpha=smoothing).fit(features, labels).feature_log_prob_.T
    centred: Matrix = np.ascontiguousarray(weights - weights.mean(axis=1, keepdims=True), dtype=np.float32)
    return centred
