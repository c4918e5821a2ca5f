"""Makes groups of the texts of one language: what asks one thing together, in a space that the known intents shape."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.learning.grouping.clusters import Clusters, centres, cluster
from bot.learning.grouping.mapping import place_on_map
from bot.learning.grouping.nearest import Nearest, nearest_intents
from bot.learning.grouping.shaping import Vectors
from bot.learning.grouping.space import Space, draw_to, draw_together

# A group for so many texts: measured without the truth known (benchmarks/learning).
TEXTS_A_GROUP = 8

# Ward's takes memory by the square: 4,000 texts take 0.2 GB. What is beyond goes to the nearest group.
MOST_CLUSTERED = 4000
PLACED_AT_ONCE = 5000

# A text beyond belongs to a group where it is as near to the middle as all but so many of the group's own are.
OUTSIDE = 0.1

NO_GROUP = -1


@dataclass(frozen=True)
class Known:
    """The training examples of one language by which groups are shaped, normalised, with their intents."""

    texts: Sequence[str]
    intents: Sequence[str]


@dataclass(frozen=True)
class Grouping:
    """The group of each text (NO_GROUP for none), how typical it is of it, and its place on the map.

    `nearest` are the known intents nearest to each group.
    """

    groups: Clusters
    typical: NDArray[np.floating[Any]]
    places: Vectors
    nearest: Sequence[Nearest]

    def members(self) -> list[list[int]]:
        """Returns the texts of each group by their index, the most typical first."""
        found: list[list[int]] = [[] for _ in self.nearest]
        for index in np.argsort(-self.typical, kind="stable"):
            if self.groups[index] != NO_GROUP:
                found[self.groups[index]].append(int(index))
        return found


def make_groups(language: str, texts: Sequence[str], known: Known) -> Grouping:
    """Groups normalised texts, no two of them alike; those that matter most come first."""
    if not texts:
        return Grouping(np.zeros(0, dtype=np.intp), np.zeros(0), np.zeros((0, 2)), [])
    space = Space(language, texts[:MOST_CLUSTERED], known.texts, known.intents)
    drawn = draw_together(space.texts)
    clusters = cluster(drawn, group_count(len(drawn)))
    middles = centres(drawn, clusters)
    nearest = nearest_intents(space.texts, clusters, space.known, known.intents)
    groups, vectors = clusters, drawn
    if len(texts) > MOST_CLUSTERED:
        least = _least_alike(drawn, clusters, middles)
        beyond, others = _placed(space, drawn, texts[MOST_CLUSTERED:], middles, least)
        groups, vectors = np.concatenate([clusters, beyond]), np.vstack([drawn, others])
    typical = np.clip(np.einsum("ij,ij->i", vectors, middles[groups]), 0, 1) * (groups != NO_GROUP)
    return Grouping(groups, typical, place_on_map(vectors, groups, middles), nearest)


def group_count(texts: int) -> int:
    """Returns how many groups to make of so many texts."""
    # Of a few texts two things asked would else be one group.
    return max(1, round(texts / TEXTS_A_GROUP), math.isqrt(texts // 2))


def _least_alike(vectors: Vectors, clusters: Clusters, middles: Vectors) -> NDArray[np.floating[Any]]:
    """Returns how alike a text must be to each middle to belong there."""
    alike = np.einsum("ij,ij->i", vectors, middles[clusters])
    return np.array([np.quantile(alike[clusters == group], OUTSIDE) for group in range(len(middles))])


def _placed(
    space: Space, drawn: Vectors, texts: Sequence[str], middles: Vectors, least: NDArray[np.floating[Any]]
) -> tuple[Clusters, Vectors]:
    """Returns the groups and vectors of texts that were not clustered."""
    groups, vectors = [], []
    for start in range(0, len(texts), PLACED_AT_ONCE):
        placed = draw_to(space.place(texts[start : start + PLACED_AT_ONCE]), space.texts, drawn)
        alike = placed @ middles.T
        best = alike.argmax(axis=1)
        near = alike[np.arange(len(best)), best] >= least[best]
        groups.append(np.where(near, best, NO_GROUP))
        vectors.append(placed)
    return np.concatenate(groups), np.vstack(vectors)
