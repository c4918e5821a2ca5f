"""How well clusters fit intents that nobody told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

Clusters = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Fit:
    """NMI, ARI and ACC in percent, and messages labelled per decision.

    ACC: the share that is right where each cluster stands for one intent (the best such pairing: Kuhn, 1955). There
    is one decision for each cluster, the intent that most of it has, and one for each message in it that has another.
    """

    nmi: float
    ari: float
    acc: float
    per_decision: float


def fit(intents: Sequence[str], clusters: Clusters) -> Fit:
    """Returns how well clusters fit the intents."""
    counts = _counts(intents, clusters)
    rows, columns = linear_sum_assignment(-counts)
    total = counts.sum()
    decisions = len(counts) + total - counts.max(axis=1).sum()
    return Fit(
        nmi=100 * float(normalized_mutual_info_score(intents, clusters)),
        ari=100 * float(adjusted_rand_score(intents, clusters)),
        acc=100 * float(counts[rows, columns].sum() / total),
        per_decision=float(total / decisions),
    )


def mean(fits: Sequence[Fit]) -> Fit:
    """Returns the mean of each figure."""
    rows = np.array([[each.nmi, each.ari, each.acc, each.per_decision] for each in fits])
    return Fit(*rows.mean(axis=0).tolist())


def _counts(intents: Sequence[str], clusters: Clusters) -> NDArray[np.integer[Any]]:
    """Returns how many messages of each cluster (rows) have each intent (columns)."""
    codes = np.unique(np.array(intents, dtype=str), return_inverse=True)[1]
    rows = np.unique(clusters, return_inverse=True)[1]
    counts = np.zeros((rows.max() + 1, codes.max() + 1), dtype=int)
    np.add.at(counts, (rows, codes), 1)
    return counts
