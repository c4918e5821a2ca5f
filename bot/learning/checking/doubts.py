"""Labels that look doubtful: what a plain classifier, trained on everything else, would never have guessed.

Naive Bayes over the parts by which near copies are found: it is trained on tens of thousands of questions in a second
or two. It is right less often than the pipeline, so that it only speaks up where the label is not among the likeliest.
"""

from __future__ import annotations

import hashlib
from typing import Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import MultinomialNB

from bot.evaluation.training_data.near_copies import parts_of
from bot.evaluation.training_data.questions import Example

FOLDS = 3

# A label among so many of the likeliest is no doubt.
LIKELIEST = 5
SHOWN = 2
SMOOTHING = 0.1


def doubts(questions: Sequence[Example], learned: Sequence[Example]) -> list[tuple[Example, tuple[str, ...]]]:
    """Returns the learned questions whose label is in doubt, each with the intents that are likelier.

    No question has a say in its own label: the classifier is trained on those of other folds alone.
    """
    suspects = {id(question) for question in learned}
    labels = np.array([question.intent for question in questions])
    if not suspects or len(set(labels)) <= LIKELIEST:
        return []
    try:
        vectors = CountVectorizer(analyzer=parts_of, binary=True, dtype=np.float32).fit_transform(
            [question.key for question in questions]
        )
    except ValueError:  # Not one part in all the questions.
        return []
    folds = np.array([_fold(question) if id(question) in suspects else -1 for question in questions])
    found: list[tuple[Example, tuple[str, ...]]] = []
    for fold in range(FOLDS):
        asked = np.flatnonzero(folds == fold)
        if not len(asked):
            continue
        model = MultinomialNB(alpha=SMOOTHING).fit(vectors[folds != fold], labels[folds != fold])
        for index, ranked in zip(asked, np.argsort(-model.predict_log_proba(vectors[asked])), strict=True):
            likeliest = model.classes_[ranked[:LIKELIEST]]
            if labels[index] not in likeliest:
                found.append((questions[index], tuple(likeliest[:SHOWN])))
    return found


def _fold(question: Example) -> int:
    return int(hashlib.sha256(question.key.encode()).hexdigest(), 16) % FOLDS
