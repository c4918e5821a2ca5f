"""Labels that look doubtful: what a plain classifier, trained on everything else, would never have guessed.

Naive Bayes over the parts by which near copies are found: it is trained on tens of thousands of questions in a second
or two. It is right less often than the pipeline, so that it only speaks up where the label is not among the likeliest.
"""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from bot.evaluation.training_data.near_copies import parts_of
from bot.evaluation.training_data.questions import Example

Array = NDArray[Any]

# A label among so many of the likeliest is no doubt.
LIKELIEST = 5
SHOWN = 2
SMOOTHING = 0.1


def doubts(questions: Sequence[Example], learned: Sequence[Example]) -> list[tuple[Example, tuple[str, ...]]]:
    """Returns the learned questions whose label is in doubt, each with the intents that are likelier.

    No question has a say in its own label: what it adds to the counts is taken out before it is asked.
    """
    suspects = {id(question) for question in learned}
    intents, labels = np.unique([question.intent for question in questions], return_inverse=True)
    if not suspects or len(intents) <= LIKELIEST:
        return []
    try:
        vectors = CountVectorizer(analyzer=parts_of, binary=True, dtype=np.float64).fit_transform(
            [question.key for question in questions]
        )
    except ValueError:  # Not one part in all the questions.
        return []
    of_intent = sparse.csr_matrix((np.ones(len(labels)), (labels, np.arange(len(labels)))))
    parts, sizes = (of_intent @ vectors).toarray(), np.bincount(labels).astype(np.float64)
    totals = parts.sum(axis=1)
    found = []
    for index, question in enumerate(questions):
        if id(question) in suspects:
            ranked = _ranked(vectors[index].indices, int(labels[index]), parts, totals, sizes)
            if labels[index] not in ranked[:LIKELIEST]:
                found.append((question, tuple(intents[ranked[:SHOWN]])))
    return found


def _ranked(mine: Array, label: int, parts: Array, totals: Array, sizes: Array) -> Array:
    """Returns the intents by how likely they have a text of these parts, which is one of the label's."""
    own = np.zeros(len(sizes))
    own[label] = 1.0
    counts = parts[:, mine] - own[:, None]
    most = totals - own * len(mine) + SMOOTHING * parts.shape[1]
    likely = np.log(counts + SMOOTHING).sum(axis=1) - len(mine) * np.log(most)
    # How common an intent is counts for nothing, for a new one is rare. One without any other text is never likely.
    return np.argsort(-np.where(sizes - own > 0, likely, -np.inf), kind="stable")
