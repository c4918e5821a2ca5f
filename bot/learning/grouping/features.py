"""Texts as weighed n-grams: what the grouping sees of them, before the known intents shape it.

Characters and words for English, characters alone for Chinese. Stems, pairs, syllables and content words, which help
the classifier, were measured beside these and did not help: without labels their weights can't be told from noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

CHINESE = "zh"


class Ngrams:
    """The n-grams of some texts, by which they and others are described."""

    def __init__(self, language: str, texts: Sequence[str]) -> None:
        self._vectorizers = [each for each in _vectorizers(language, min(2, len(texts))) if _fits(each, texts)]

    def rows(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Returns normalised texts as rows of length 1, or empty ones."""
        if not self._vectorizers:
            return sparse.csr_matrix((len(texts), 1), dtype=np.float32)
        found = [vectorizer.transform(texts) for vectorizer in self._vectorizers]
        return sparse.csr_matrix(normalize(sparse.hstack(found, format="csr", dtype=np.float32)))


def _fits(vectorizer: TfidfVectorizer, texts: Sequence[str]) -> bool:
    """Fits a vectorizer. Says whether it found anything, for a handful of texts may have nothing in common."""
    try:
        vectorizer.fit(texts)
    except ValueError as error:
        if "empty vocabulary" not in str(error) and "no terms remain" not in str(error):
            raise
        return False
    return True


def _vectorizers(language: str, least: int) -> list[TfidfVectorizer]:
    shared: dict[str, Any] = {"sublinear_tf": True, "lowercase": False, "min_df": least, "dtype": np.float32}
    if language == CHINESE:
        return [TfidfVectorizer(analyzer="char", ngram_range=(1, 3), **shared)]
    return [
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), **shared),
        TfidfVectorizer(analyzer="word", ngram_range=(1, 2), **shared),
    ]
