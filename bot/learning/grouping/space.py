"""Where texts lie: n-grams in fewer dimensions, shaped by the known intents, drawn to their neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from bot.learning.grouping.features import Ngrams
from bot.learning.grouping.shaping import Shape, Vectors

DIMENSIONS = 400

# How many neighbours draw a text, how strongly, and how often: what several neighbours share stays, the rest fades.
NEIGHBOURS = 10
DRAWN = 0.8
ROUNDS = 3
ROWS_AT_ONCE = 1000


class Space:
    """A space for normalised texts of one language, made from some of them and from known examples with intents."""

    def __init__(self, language: str, texts: Sequence[str], known: Sequence[str], intents: Sequence[str]) -> None:
        every = [*known, *texts]
        self._ngrams = Ngrams(language, every)
        rows = self._ngrams.rows(every)
        size = min(DIMENSIONS, rows.shape[1] - 1, rows.shape[0] - 1)
        self._reduction = TruncatedSVD(size, n_iter=4, random_state=0).fit(rows) if size >= 2 else None
        reduced = self._reduced(rows)
        self._shape = Shape(reduced[: len(known)], intents)
        placed = self._shape.apply(reduced)
        self.known: Vectors = placed[: len(known)]
        self.texts: Vectors = placed[len(known) :]

    def place(self, texts: Sequence[str]) -> Vectors:
        """Returns other texts as rows of length 1, or of 0 where they have nothing in common with what is known."""
        return self._shape.apply(self._reduced(self._ngrams.rows(texts)))

    def _reduced(self, rows: sparse.csr_matrix) -> Vectors:
        found: Vectors = rows.toarray() if self._reduction is None else normalize(self._reduction.transform(rows))
        return found


def draw_together(vectors: Vectors) -> Vectors:
    """Returns vectors drawn towards their nearest neighbours, so that what is between groups thins out."""
    if len(vectors) <= 2:
        return vectors
    one_way = neighbours(vectors, vectors, itself=False)
    both_ways = normalize(one_way.maximum(one_way.T), norm="l1")
    drawn = vectors
    for _ in range(ROUNDS):
        drawn = _drawn(vectors, both_ways, drawn)
    return drawn


def draw_to(vectors: Vectors, others: Vectors, drawn: Vectors) -> Vectors:
    """Returns vectors drawn to where their nearest neighbours among others were drawn."""
    return _drawn(vectors, normalize(neighbours(vectors, others), norm="l1"), drawn)


def _drawn(vectors: Vectors, graph: sparse.csr_matrix, drawn: Vectors) -> Vectors:
    found: Vectors = normalize((1 - DRAWN) * vectors + DRAWN * (graph @ drawn)).astype(np.float32)
    return found


def neighbours(vectors: Vectors, others: Vectors, itself: bool = True) -> sparse.csr_matrix:
    """Returns for each vector its nearest among others, weighed by likeness; `itself` says whether it may be one."""
    size = min(NEIGHBOURS, len(others) - (not itself))
    blocks = []
    for start in range(0, len(vectors), ROWS_AT_ONCE):
        alike = vectors[start : start + ROWS_AT_ONCE] @ others.T
        rows = np.arange(len(alike))
        if not itself:
            alike[rows, rows + start] = -1
        nearest = np.argpartition(-alike, size - 1, axis=1)[:, :size]
        weights = np.maximum(alike[rows[:, None], nearest], 0)
        starts = np.arange(0, len(alike) * size + 1, size)
        blocks.append(sparse.csr_matrix((weights.ravel(), nearest.ravel(), starts), shape=(len(alike), len(others))))
    return sparse.vstack(blocks, format="csr")
