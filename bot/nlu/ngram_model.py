"""A linear model over n-grams of words, characters and syllables and over the glossary's concepts.

Trains in seconds, answers in a millisecond: tf-idf features into one-against-rest linear support vector machines
(scikit-learn), their margins made confidences by a softmax. Saved as plain arrays and JSON, so that loading a model
runs no code from it.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any, Mapping, NamedTuple, Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.linear_machines import Matrix, train_machines
from bot.nlu.tokens import syllables, words


class Sample(NamedTuple):
    """A text in its normal form (`bot.nlu.text.normalise`) and the glossary's concepts found in it."""

    text: str
    concepts: tuple[str, ...] = ()


def _text(sample: Sample) -> str:
    return sample.text


def _concepts(sample: Sample) -> tuple[str, ...]:
    return sample.concepts


def _as_they_are(concepts: tuple[str, ...]) -> tuple[str, ...]:
    return concepts


def _vectorizers() -> dict[str, TfidfVectorizer]:
    shared: dict[str, Any] = {"sublinear_tf": True, "lowercase": False, "dtype": np.float32}
    of_text: dict[str, Any] = {**shared, "preprocessor": _text}
    by_word: dict[str, Any] = {"analyzer": "word", "token_pattern": None}
    return {
        "words": TfidfVectorizer(tokenizer=words, ngram_range=(1, 2), min_df=2, **of_text, **by_word),
        "characters": TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), min_df=3, **of_text),
        "syllables": TfidfVectorizer(tokenizer=syllables, ngram_range=(1, 3), min_df=2, **of_text, **by_word),
        "concepts": TfidfVectorizer(preprocessor=_concepts, tokenizer=_as_they_are, **shared, **by_word),
    }


class NgramModel:
    """Labels samples."""

    def __init__(
        self,
        vectorizers: Mapping[str, TfidfVectorizer],
        labels: Sequence[str],
        weights: Matrix,
        bias: Matrix,
        sharpness: float,
    ) -> None:
        self._vectorizers = vectorizers
        self.labels = list(labels)
        self._weights = weights
        self._bias = bias
        self._sharpness = sharpness

    @classmethod
    def train(
        cls,
        samples: Sequence[Sample],
        labels: Sequence[str],
        c: float,
        sharpness: float,
        leads: Mapping[str, float] = MappingProxyType({}),
    ) -> NgramModel:
        """Trains on samples and their labels.

        `c` is the SVM's inverse regularisation, `sharpness` the softmax's; `leads` are margins given to labels in
        advance, for what must not be missed.
        """
        vectorizers = _vectorizers()
        features = sparse.hstack(
            [vectorizer.fit_transform(samples) for vectorizer in vectorizers.values()], format="csr"
        )
        names, weights, bias = train_machines(features, labels, c)
        return cls(vectorizers, names, weights, bias + [leads.get(name, 0.0) for name in names], sharpness)

    def confidences(self, samples: Sequence[Sample]) -> Matrix:
        """Returns an array (samples, labels) of confidences; each row sums to 1."""
        found = [vectorizer.transform(samples) for vectorizer in self._vectorizers.values()]
        # In the weights' own type: scipy would otherwise convert a copy of all weights for every question.
        features = sparse.hstack(found, format="csr", dtype=self._weights.dtype)
        margins = self._sharpness * (features @ self._weights + self._bias)
        powers = np.exp(margins - margins.max(axis=1, keepdims=True))
        confidences: Matrix = powers / powers.sum(axis=1, keepdims=True)
        return confidences

    def save(self, folder: Path) -> None:
        """Writes the model into a folder."""
        terms = {
            name: sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
            for name, vectorizer in self._vectorizers.items()
        }
        description = {"labels": self.labels, "sharpness": self._sharpness, "terms": terms}
        (folder / "ngrams.json").write_text(json.dumps(description, ensure_ascii=False), encoding="utf-8")
        idf = {f"idf_{name}": vectorizer.idf_ for name, vectorizer in self._vectorizers.items()}
        # A byte a weight, scaled by label, costs no accuracy and keeps packing the model a matter of a second.
        scale = np.abs(self._weights).max(axis=0) / 127
        weights = np.rint(self._weights / scale).astype(np.int8)
        np.savez_compressed(folder / "weights.npz", weights=weights, scale=scale, bias=self._bias, **idf)

    @classmethod
    def load(cls, folder: Path) -> NgramModel:
        """Reads what `save` wrote."""
        description = json.loads((folder / "ngrams.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            vectorizers = _vectorizers()
            for name, vectorizer in vectorizers.items():
                vectorizer.vocabulary = {term: index for index, term in enumerate(description["terms"][name])}
                vectorizer.idf_ = arrays[f"idf_{name}"]
            weights = arrays["weights"] * arrays["scale"].astype(np.float32)
            return cls(vectorizers, description["labels"], weights, arrays["bias"], description["sharpness"])
