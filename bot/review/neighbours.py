"""The trained questions nearest to a text."""

from __future__ import annotations

from typing import NamedTuple, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.evaluation.training_data.near_copies import LEAST_ALIKE, parts_of
from bot.evaluation.training_data.questions import Example, key_of

LEAST_SHOWN = 0.3


class Neighbour(NamedTuple):
    """A trained question, and how alike it is, from 0 to 1."""

    text: str
    intent: str
    alike: float

    @property
    def is_copy(self) -> bool:
        """Whether it is so alike that another one of its kind teaches nothing."""
        return self.alike >= LEAST_ALIKE


class Neighbours:
    """Looks trained questions up by likeness: the cosine of the parts that near copies are found by."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._examples = examples
        self._weights = TfidfVectorizer(analyzer=parts_of, binary=True, sublinear_tf=True)
        self._vectors = self._weights.fit_transform([example.key for example in examples]) if examples else None

    def of(self, texts: Sequence[str]) -> list[list[Neighbour]]:
        """Returns for each text the likest questions, each of another intent, the likest first; two at most."""
        if self._vectors is None or not texts:
            return [[] for _ in texts]
        alike = (self._weights.transform([key_of(text) for text in texts]) @ self._vectors.T).toarray()
        return [self._best(row) for row in alike]

    def _best(self, row: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[Neighbour]:
        found: dict[str, Neighbour] = {}
        for index in np.argsort(-row)[:20]:
            example = self._examples[int(index)]
            if row[index] >= LEAST_SHOWN:
                found.setdefault(example.intent, Neighbour(example.text, example.intent, float(row[index])))
        return list(found.values())[:2]
