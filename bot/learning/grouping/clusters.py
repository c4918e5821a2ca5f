"""Parts texts into clusters, none of which is known beforehand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering
from sklearn.preprocessing import normalize

from bot.learning.grouping.shaping import Vectors

Clusters = NDArray[np.integer[Any]]
"""The cluster of each text, from 0 on."""

MOST_ROUNDS = 20


def cluster(vectors: Vectors, count: int) -> Clusters:
    """Returns so many clusters, or a few less: Ward's, after which each text goes to the centre that is nearest to it.

    Ward joins from below and never takes a join back. Takes memory and time by the square of the texts.
    """
    if count <= 1 or len(vectors) <= 1:
        return np.zeros(len(vectors), dtype=np.intp)
    clusters = AgglomerativeClustering(n_clusters=min(count, len(vectors)), linkage="ward").fit_predict(vectors)
    for _ in range(MOST_ROUNDS):
        moved = (vectors @ centres(vectors, clusters).T).argmax(axis=1)
        moved = np.unique(moved, return_inverse=True)[1]
        if np.array_equal(moved, clusters):
            break
        clusters = moved
    return np.asarray(clusters)


def centres(vectors: Vectors, clusters: Clusters) -> Vectors:
    """Returns the directions of the clusters, as rows of length 1."""
    sums = np.zeros((clusters.max() + 1, vectors.shape[1]), dtype=vectors.dtype)
    np.add.at(sums, clusters, vectors)
    directions: Vectors = normalize(sums)
    return directions
