"""The plain way that the product's grouping is measured against: scikit-learn's parts as they come.

Character n-grams (and words for English) by tf-idf, 150 dimensions by SVD, and beside or instead of them linear
discriminant analysis of the known intents; then Ward's clusters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.cluster import AgglomerativeClustering
from sklearn.decomposition import TruncatedSVD
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from benchmarks.learning.discovery_scores import Clusters

DIMENSIONS = 150
SVD, LDA, BOTH = "SVD", "LDA", "SVD and LDA"

Vectors = NDArray[np.floating[Any]]


def plain_vectors(
    language: str, texts: Sequence[str], known: Sequence[str], intents: Sequence[str]
) -> dict[str, Vectors]:
    """Returns the texts' vectors by each way of making them."""
    every = [*known, *texts]
    rows = sparse.hstack([each.fit_transform(every) for each in _vectorizers(language)], format="csr")
    reduced = normalize(TruncatedSVD(DIMENSIONS, random_state=0).fit_transform(rows))
    seen, new = reduced[: len(known)], reduced[len(known) :]
    analysis = LinearDiscriminantAnalysis(solver="eigen", shrinkage="auto").fit(seen, intents)
    shaped = normalize(analysis.transform(new))
    return {SVD: new, LDA: shaped, BOTH: np.hstack([new, shaped])}


def plain_clusters(vectors: Vectors, count: int) -> Clusters:
    """Returns so many clusters by Ward's linkage."""
    return np.asarray(AgglomerativeClustering(n_clusters=count, linkage="ward").fit_predict(vectors))


def _vectorizers(language: str) -> list[TfidfVectorizer]:
    shared: dict[str, Any] = {"sublinear_tf": True, "min_df": 2}
    if language == "zh":
        return [TfidfVectorizer(analyzer="char", ngram_range=(1, 3), **shared)]
    return [
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), **shared),
        TfidfVectorizer(ngram_range=(1, 2), **shared),
    ]
