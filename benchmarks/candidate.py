"""The candidates for the classifier: which features they have, and what learns from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks import candidate_models as models
from benchmarks.candidate_models import Model, Trainer
from bot.nlu import ngram_model
from bot.nlu.linear_machines import Matrix
from bot.nlu.ngram_model import NgramSettings, Sample

# What a block of features is called; one that has no name here goes by its own.
NAMES = {
    "content": "content words",
    "pairs": "pairs of content words",
    "concepts": "concepts (the glossary)",
    "senses": "senses (the thesaurus)",
}
BLOCKS = tuple(ngram_model._vectorizers())
CONFIGURED = "as configured"


@dataclass(frozen=True)
class Candidate:
    """Features by the names of their blocks, and what learns from them."""

    name: str
    blocks: Sequence[str]
    train: Trainer


def _block_by_block() -> Iterator[Candidate]:
    """Yields candidates with one block more each: the last has what the classifier has."""
    for count, block in enumerate(BLOCKS, start=1):
        name = f"+ {NAMES.get(block, block)}" if count > 1 else f"{NAMES.get(block, block)} only"
        last = f": {CONFIGURED}" if count == len(BLOCKS) else ""
        yield Candidate(name + last, BLOCKS[:count], models.both)


CANDIDATES = (
    *_block_by_block(),
    Candidate("support vector machines alone", BLOCKS, models.machines),
    Candidate("naive Bayes alone", BLOCKS, models.bayes),
    Candidate("logistic regression", BLOCKS, models.logistic_regression),
    Candidate("nearest neighbours over the examples", BLOCKS, models.neighbours),
    Candidate(f"{CONFIGURED}, and nearest neighbours", BLOCKS, models.all_three),
)


@dataclass(frozen=True)
class Trained:
    """A candidate that has learned: its features, and its model."""

    vectorizers: Sequence[TfidfVectorizer]
    model: Model

    def score(self, samples: Sequence[Sample]) -> Matrix:
        """Returns an array (samples, labels) of scores."""
        read = list(map(ngram_model._read, samples))
        found = [vectorizer.transform(read) for vectorizer in self.vectorizers]
        return self.model.score(sparse.hstack(found, format="csr"))

    def answers(self, samples: Sequence[Sample]) -> list[str]:
        """Returns the likeliest label of each sample."""
        return [self.model.labels[index] for index in self.score(samples).argmax(axis=1)]


def train(candidate: Candidate, samples: Sequence[Sample], labels: Sequence[str], settings: NgramSettings) -> Trained:
    """Trains a candidate."""
    read = list(map(ngram_model._read, samples))
    vectorizers, found = zip(*_fitted(candidate, read), strict=True)
    return Trained(vectorizers, candidate.train(sparse.hstack(found, format="csr"), labels, settings))


def _fitted(
    candidate: Candidate, samples: Sequence[ngram_model._Read]
) -> Iterator[tuple[TfidfVectorizer, sparse.csr_matrix]]:
    for name, vectorizer in ngram_model._vectorizers().items():
        if name in candidate.blocks:
            try:
                yield vectorizer, vectorizer.fit_transform(samples)
            except ValueError as error:
                # A block that finds nothing is left out, as the classifier does.
                if "empty vocabulary" not in str(error) and "no terms remain" not in str(error):
                    raise
