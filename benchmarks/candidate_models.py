"""What could stand in the classifier's place: each learns from a matrix of features and scores other rows of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from bot.nlu.linear_machines import Matrix, train_bayes, train_machines
from bot.nlu.ngram_model import NgramSettings

# Chosen on BANKING77's validation questions.
INVERSE_REGULARISATION = 10.0
NEIGHBOURS = 10
NEIGHBOURS_SHARE = 0.25

# Rows that are compared with all examples at a time.
CHUNK = 256


@dataclass(frozen=True)
class Model:
    """Scores rows of features: an array (rows, labels), of which the largest is the answer."""

    labels: Sequence[str]
    score: Callable[[sparse.csr_matrix], Matrix]


Trainer = Callable[[sparse.csr_matrix, Sequence[str], NgramSettings], Model]


def machines(features: sparse.csr_matrix, labels: Sequence[str], settings: NgramSettings) -> Model:
    """Trains support vector machines, one against the rest."""
    names, weights, bias = train_machines(features, labels, settings.c)
    return Model(names, lambda rows: settings.sharpness * (rows @ weights + bias))


def bayes(features: sparse.csr_matrix, labels: Sequence[str], settings: NgramSettings) -> Model:
    """Trains complement naive Bayes."""
    weights = train_bayes(features, labels, settings.smoothing)
    return Model(sorted(set(labels)), lambda rows: settings.bayes * (rows @ weights))


def both(features: sparse.csr_matrix, labels: Sequence[str], settings: NgramSettings) -> Model:
    """Trains the machines and naive Bayes, whose scores are added."""
    first, second = (train(features, labels, settings) for train in (machines, bayes))
    return Model(first.labels, lambda rows: first.score(rows) + second.score(rows))


def logistic_regression(features: sparse.csr_matrix, labels: Sequence[str], settings: NgramSettings) -> Model:
    """Trains logistic regression, one against the rest as the machines are."""
    regression = LogisticRegression(C=INVERSE_REGULARISATION, solver="liblinear", random_state=0)
    regression.fit(features, labels)
    weights, bias = regression.coef_, regression.intercept_
    if len(weights) == 1:
        # Of two classes scikit-learn keeps only the second's; the first's is its mirror image.
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    # Contiguous by rows: a copy a question otherwise.
    weights = np.ascontiguousarray(weights.T)
    return Model(list(regression.classes_), lambda rows: rows @ weights + bias)


def neighbours(features: sparse.csr_matrix, labels: Sequence[str], settings: NgramSettings) -> Model:
    """Keeps the examples: those that are nearest by the cosine vote with it, and each label has its share."""
    names = sorted(set(labels))
    places = np.array([names.index(label) for label in labels])
    examples = normalize(features).T.tocsr()

    def score(rows: sparse.csr_matrix) -> Matrix:
        starts = range(0, rows.shape[0], CHUNK)
        return np.vstack([_votes(rows[start : start + CHUNK], examples, places, len(names)) for start in starts])

    return Model(names, score)


def _votes(rows: sparse.csr_matrix, examples: sparse.csr_matrix, places: Matrix, size: int) -> Matrix:
    near = (normalize(rows) @ examples).toarray()
    most = min(NEIGHBOURS, near.shape[1])
    nearest = np.argpartition(-near, most - 1, axis=1)[:, :most]
    votes = np.zeros((len(near), size))
    for row, columns in enumerate(nearest):
        np.add.at(votes[row], places[columns], near[row, columns])
    return votes / np.maximum(votes.sum(axis=1, keepdims=True), np.finfo(float).tiny)


def all_three(features: sparse.csr_matrix, labels: Sequence[str], settings: NgramSettings) -> Model:
    """Trains both, and adds the neighbours' share to their confidences."""
    first, second = both(features, labels, settings), neighbours(features, labels, settings)

    def score(rows: sparse.csr_matrix) -> Matrix:
        margins = first.score(rows)
        powers = np.exp(margins - margins.max(axis=1, keepdims=True))
        confidences: Matrix = powers / powers.sum(axis=1, keepdims=True) + NEIGHBOURS_SHARE * second.score(rows)
        return confidences

    return Model(first.labels, score)
