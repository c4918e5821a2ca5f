"""The map of the groups: near each other what is alike, in two dimensions from -1 to 1."""

from __future__ import annotations

import numpy as np
from sklearn.manifold import TSNE

from bot.learning.grouping.clusters import Clusters
from bot.learning.grouping.shaping import Vectors

# Of fewer groups t-SNE makes nothing; more than so many are first to be seen by their main directions alone.
LEAST_FOR_TSNE = 10
MOST_FOR_TSNE = 1500
PERPLEXITY = 15.0

# The main directions of so many are those of all.
MOST_FITTED = 4000

# How far a text may lie from its group's middle, as a share of the distance to the next group.
REACH = 0.45


def place_on_map(vectors: Vectors, clusters: Clusters, middles: Vectors) -> Vectors:
    """Returns the places of texts (texts, 2): each group where its middle is, each text around it.

    The middles are placed by t-SNE (van der Maaten and Hinton, JMLR 9, 2008), which keeps neighbours together; texts
    around them by their two main directions, the least typical ones outside.
    """
    places = _middles_on_map(middles)
    apart = vectors - middles[clusters]
    flat = _main_directions(apart)
    length = np.linalg.norm(flat, axis=1)
    scale = REACH * _room(places)[clusters] / max(float(length.max(initial=0.0)), 1e-9)
    found: Vectors = np.clip(places[clusters] + flat * scale[:, None], -1, 1)
    return found


def _middles_on_map(middles: Vectors) -> Vectors:
    if LEAST_FOR_TSNE <= len(middles) <= MOST_FOR_TSNE:
        perplexity = min(PERPLEXITY, (len(middles) - 1) / 3)
        made = TSNE(perplexity=perplexity, init="pca", learning_rate="auto", random_state=0, n_jobs=1)
        places = made.fit_transform(middles)
    else:
        places = _main_directions(middles)
    places = places - places.mean(axis=0)
    # Room is left at the edge for the texts around the outermost middles.
    found: Vectors = 0.95 * places / max(float(np.abs(places).max(initial=0.0)), 1e-9)
    return found


def _main_directions(vectors: Vectors) -> Vectors:
    found = np.zeros((len(vectors), 2))
    if len(vectors):
        middle = vectors.mean(axis=0)
        directions = np.linalg.svd(vectors[:MOST_FITTED] - middle, full_matrices=False)[2][:2]
        # Their signs are arbitrary: the same ones each time.
        directions *= np.where(directions.sum(axis=1) < 0, -1, 1)[:, None]
        found[:, : len(directions)] = (vectors - middle) @ directions.T
    return found


def _room(places: Vectors) -> Vectors:
    """Returns how far the next group is from each."""
    if len(places) < 2:
        return np.ones(len(places))
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    room: Vectors = np.minimum(apart.min(axis=1), 1.0)
    return room
