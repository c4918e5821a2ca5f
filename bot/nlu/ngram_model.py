"""A linear model over n-grams of words, characters and syllables and over the glossary's concepts.

Trains in seconds, answers in a millisecond: tf-idf features under one-against-rest linear support vector machines and
complement naive Bayes (scikit-learn), whose sum a softmax makes confidences. Both are linear, so that the sum is one
matrix. Saved as plain arrays and JSON, so that loading a model runs no code from it.
"""

from __future__ import annotations

import json
from collections import Counter
from operator import attrgetter
from pathlib import Path
from typing import Any, Mapping, NamedTuple, Optional, Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.linear_machines import Matrix, train_bayes, train_machines
from bot.nlu.onnx_encoder import EncoderError
from bot.nlu.tokens import content_words, pairs, stems, syllables, words


class Sample(NamedTuple):
    """A text in its normal form (`bot.nlu.text.normalise`) and the glossary's concepts found in it.

    senses: of its words, in their order. embedding: of length 1, where the pipeline has a sentence encoder.
    """

    text: str
    concepts: tuple[str, ...] = ()
    embedding: Optional[Matrix] = None
    senses: tuple[str, ...] = ()


class _Read(NamedTuple):
    """What the vectorizers read of a sample. Its words are found once: three of them begin with the words."""

    text: str
    words: tuple[str, ...]
    concepts: tuple[str, ...]
    senses: tuple[str, ...]


def _read(sample: Sample) -> _Read:
    return _Read(sample.text, words(sample.text), sample.concepts, sample.senses)


def _as_they_are(terms: tuple[str, ...]) -> tuple[str, ...]:
    return terms


def _vectorizers() -> dict[str, TfidfVectorizer]:
    shared: dict[str, Any] = {"sublinear_tf": True, "lowercase": False, "dtype": np.float32}
    of_text: dict[str, Any] = {**shared, "preprocessor": attrgetter("text")}
    of_words: dict[str, Any] = {**shared, "preprocessor": attrgetter("words")}
    by_word: dict[str, Any] = {"analyzer": "word", "token_pattern": None}
    return {
        "words": TfidfVectorizer(tokenizer=stems, ngram_range=(1, 2), min_df=2, **of_words, **by_word),
        "content": TfidfVectorizer(tokenizer=content_words, **of_words, **by_word),
        "pairs": TfidfVectorizer(tokenizer=pairs, min_df=2, **of_words, **by_word),
        "characters": TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), min_df=3, **of_text),
        "syllables": TfidfVectorizer(tokenizer=syllables, ngram_range=(1, 3), min_df=2, **of_text, **by_word),
        "concepts": TfidfVectorizer(preprocessor=attrgetter("concepts"), tokenizer=_as_they_are, **shared, **by_word),
        "senses": TfidfVectorizer(
            preprocessor=attrgetter("senses"), tokenizer=_as_they_are, ngram_range=(1, 2), min_df=2, **shared, **by_word
        ),
    }


def _fitted(samples: Sequence[_Read]) -> tuple[dict[str, TfidfVectorizer], sparse.csr_matrix]:
    """Returns the vectorizers that find something in the samples, by name, and what they find: (samples, features)."""
    vectorizers, found = {}, []
    for name, vectorizer in _vectorizers().items():
        try:
            found.append(vectorizer.fit_transform(samples))
        except ValueError as error:
            # Questions without a single concept, say, are no fault.
            if "empty vocabulary" not in str(error) and "no terms remain" not in str(error):
                raise
        else:
            # What is too rare to count, a million terms that nothing reads.
            del vectorizer.stop_words_
            vectorizers[name] = vectorizer
    return vectorizers, sparse.hstack(found, format="csr")


class NgramSettings(NamedTuple):
    """How to train.

    c: inverse regularisation of the support vector machines. smoothing: naive Bayes' additive smoothing. sharpness
    and bayes: how much a margin of the one and a log-probability of the other weigh in the confidences.
    encoder_weight: the length of an embedding; what is beside it has length 2.6 together.
    """

    c: float = 0.3
    smoothing: float = 0.1
    sharpness: float = 4.0
    bayes: float = 0.5
    encoder_weight: float = 2.0


class NgramModel:
    """Labels samples."""

    def __init__(
        self,
        vectorizers: Mapping[str, TfidfVectorizer],
        labels: Sequence[str],
        weights: Matrix,
        bias: Matrix,
        embedding_size: int = 0,
    ) -> None:
        self._vectorizers = vectorizers
        self._analyzers = [(vectorizer, vectorizer.build_analyzer()) for vectorizer in vectorizers.values()]
        self.labels = list(labels)
        self._weights = weights
        self._bias = bias
        self._embedding_size = embedding_size

    @classmethod
    def train(
        cls,
        samples: Sequence[Sample],
        labels: Sequence[str],
        settings: NgramSettings = NgramSettings(),
    ) -> NgramModel:
        """Trains on samples and their labels."""
        vectorizers, features = _fitted(list(map(_read, samples)))
        embeddings = settings.encoder_weight * _embeddings(samples, _size(samples[0]))
        names, weights, bias = train_machines(_joined(features, embeddings), labels, settings.c)
        bayes = train_bayes(features, labels, settings.smoothing)
        weights *= settings.sharpness
        # Naive Bayes counts, and embeddings are no counts: they are left to the machines. Their weights take
        # `encoder_weight` in, so that nothing has to be scaled later.
        weights[: len(bayes)] += settings.bayes * bayes
        weights[len(bayes) :] *= settings.encoder_weight
        return cls(vectorizers, names, weights, settings.sharpness * bias, embeddings.shape[1])

    def confidences(self, samples: Sequence[Sample]) -> Matrix:
        """Returns an array (samples, labels) of confidences; each row sums to 1."""
        margins = np.array([self._margins(_read(sample)) for sample in samples], dtype=np.float64).reshape(
            -1, len(self.labels)
        )
        if self._embedding_size or any(map(_size, samples)):
            embeddings = _embeddings(samples, self._embedding_size)
            margins += embeddings @ self._weights[len(self._weights) - self._embedding_size :]
        powers = np.exp(margins - margins.max(axis=1, keepdims=True))
        confidences: Matrix = powers / powers.sum(axis=1, keepdims=True)
        return confidences

    def _margins(self, sample: _Read) -> Matrix:
        """Returns a sample's margins: what scikit-learn's `transform` and a product would give, but sooner.

        For a single question, building and stacking sparse matrices takes longer than the few additions in them.
        """
        margins: Matrix = np.array(self._bias, dtype=np.float64)
        start = 0
        for vectorizer, analyze in self._analyzers:
            vocabulary = vectorizer.vocabulary_
            counts = Counter(vocabulary[term] for term in analyze(sample) if term in vocabulary)
            if counts:
                places = np.fromiter(counts, dtype=np.intp, count=len(counts))
                values = 1 + np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts)))
                values *= vectorizer.idf_[places]
                margins += (values / np.sqrt(values @ values)) @ self._weights[places + start]
            start += len(vocabulary)
        return margins

    def save(self, folder: Path) -> None:
        """Writes the model into a folder."""
        terms = {
            name: sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
            for name, vectorizer in self._vectorizers.items()
        }
        description = {"labels": self.labels, "terms": terms, "embedding_size": self._embedding_size}
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
            made = _vectorizers()
            vectorizers = {name: made[name] for name in description["terms"]}
            for name, vectorizer in vectorizers.items():
                vectorizer.vocabulary = {term: index for index, term in enumerate(description["terms"][name])}
                vectorizer.idf_ = arrays[f"idf_{name}"]
            weights = arrays["weights"] * arrays["scale"].astype(np.float32)
            size = description.get("embedding_size", 0)
            return cls(vectorizers, description["labels"], weights, arrays["bias"], size)


def _size(sample: Sample) -> int:
    return 0 if sample.embedding is None else len(sample.embedding)


def _embeddings(samples: Sequence[Sample], size: int) -> Matrix:
    """Returns the samples' embeddings as rows. Raises EncoderError where one is not of the size that it must have."""
    for sample in samples:
        if _size(sample) != size:
            raise EncoderError(
                f"the model was trained {_told(size)} but reads texts {_told(_size(sample))}: mend SentenceEncoder in "
                "config.yml and run 'wenhao train'"
            )
    return np.array([sample.embedding for sample in samples if size], dtype=np.float32).reshape(len(samples), size)


def _told(size: int) -> str:
    return f"with embeddings of {size} numbers" if size else "without embeddings"


def _joined(features: sparse.csr_matrix, embeddings: Matrix) -> sparse.csr_matrix:
    return sparse.hstack([features, sparse.csr_matrix(embeddings)], format="csr") if embeddings.size else features
