"""The known intents that a group is nearest to, so that "existing or new" is one key."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.learning.grouping.clusters import Clusters, centres
from bot.learning.grouping.shaping import Vectors

MOST = 3

# Above it a group is a known intent's oftener than a new one (benchmarks/learning).
EXISTING_FROM = 0.6

Nearest = list[tuple[str, float]]
"""Intents and how alike they are, from 0 to 1, the nearest first."""


def nearest_intents(vectors: Vectors, clusters: Clusters, known: Vectors, intents: Sequence[str]) -> list[Nearest]:
    """Returns the known intents nearest to each cluster, by the directions of their centres."""
    if not len(known):
        return [[] for _ in range(clusters.max() + 1)]
    names, codes = np.unique(np.array(intents, dtype=str), return_inverse=True)
    alike = centres(vectors, clusters) @ centres(known, codes).T
    order = np.argsort(-alike, axis=1)[:, :MOST]
    return [
        [(str(names[place]), round(float(max(0.0, row[place])), 4)) for place in places]
        for row, places in zip(alike, order, strict=True)
    ]


def looks_existing(nearest: Nearest) -> bool:
    """Whether a group is rather one of a known intent than of a new one."""
    return bool(nearest) and nearest[0][1] >= EXISTING_FROM
