"""A space in which known intents lie close together and far apart, so that unknown ones do too.

Two views of it stand side by side. Linear discriminant analysis keeps the directions that tell the known intents apart
(scikit-learn's, with the shrinkage of Ledoit and Wolf). The other one keeps all directions, takes off what varies
within intents, and weighs each by how much intents differ along it, as probabilistic linear discriminant analysis does
to tell people apart by voices that it never heard (Ioffe, "Probabilistic Linear Discriminant Analysis", ECCV 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.preprocessing import normalize

Vectors = NDArray[np.floating[Any]]
"""Texts by dimensions."""

# How far the spread within intents is taken for alike in all directions: few examples tell little of it.
SHRINKAGE = 0.1

# Half of what the model itself would say: new intents differ in other ways than the known ones.
POWER = 0.5

# With fewer there is nothing to be shaped by.
LEAST_INTENTS = 3
LEAST_EXAMPLES = 2

# Both views have a dimension less than there are intents. Of fewer than so many only what varies within them is used.
FEW_INTENTS = 20


class Shape:
    """What known examples and their intents make of a space; nothing where they are too few."""

    def __init__(self, known: Vectors, intents: Sequence[str]) -> None:
        labels, counts = np.unique(np.array(intents, dtype=str), return_counts=True)
        enough = set(labels[counts >= LEAST_EXAMPLES])
        self._few = len(enough) < FEW_INTENTS
        self._discriminant: Optional[LinearDiscriminantAnalysis] = None
        if len(enough) >= LEAST_INTENTS:
            kept = [index for index, intent in enumerate(intents) if intent in enough]
            codes = np.unique([intents[index] for index in kept], return_inverse=True)[1]
            self._discriminant = LinearDiscriminantAnalysis(solver="eigen", shrinkage="auto").fit(known[kept], codes)
            self._weighing = _weighing(known[kept], codes, 0.0 if self._few else POWER)

    def apply(self, vectors: Vectors) -> Vectors:
        """Returns vectors of the space as rows of length 1 in its shaped form."""
        if self._discriminant is None:
            return _unit(vectors)
        first = vectors if self._few else self._discriminant.transform(vectors)
        return _unit(np.hstack([_unit(first), _unit(vectors @ self._weighing)]))


def _unit(vectors: Vectors) -> Vectors:
    rows: Vectors = normalize(vectors).astype(np.float32)
    return rows


def _weighing(known: Vectors, codes: NDArray[Any], power: float) -> Vectors:
    """Returns the matrix that takes off what varies within intents, and weighs by how much they differ."""
    sums = np.zeros((codes.max() + 1, known.shape[1]))
    np.add.at(sums, codes, known)
    means = sums / np.bincount(codes)[:, None]
    apart = known - means[codes]
    within = apart.T @ apart / max(1, len(codes) - len(means))
    size = len(within)
    within = (1 - SHRINKAGE) * within + SHRINKAGE * np.trace(within) / size * np.eye(size)
    spread, directions = np.linalg.eigh(within)
    whitening = directions / np.sqrt(spread)
    between, axes = np.linalg.eigh(np.cov((means @ whitening).T))
    between = np.maximum(between, 0)
    weighing: Vectors = whitening @ axes * (between / (between + 1)) ** power
    return weighing
