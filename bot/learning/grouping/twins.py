"""Which group of the other language asks the same.

Two bridges lead from one language to the other: the glossary's concepts and the thesaurus's senses, which name the
same meaning in both, and the classifier's rankings, which rank the same intents for both. What many groups have in
common counts for less in either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.preprocessing import normalize

from bot.learning.grouping.shaping import Vectors

Profile = Mapping[str, float]
"""How much of a group's texts speaks of something, by its name: meanings, or intents."""

LEAST_ALIKE = 0.35
MEANINGS_WEIGH = 0.6


def shares(found: Sequence[Sequence[str]]) -> Profile:
    """Returns the share of texts in which each meaning is found."""
    counts = Counter(each for text in found for each in set(text))
    return {name: count / len(found) for name, count in counts.items()}


def mean_ranking(rankings: Sequence[Sequence[Sequence[object]]]) -> Profile:
    """Returns the mean confidence of each intent over rankings ([[intent, confidence], ...])."""
    sums: Counter[str] = Counter()
    for ranking in rankings:
        for intent, confidence in ranking:
            # The root, so that a sure reading of one text does not drown what the others are near to.
            sums[str(intent)] += float(str(confidence)) ** 0.5 / len(rankings)
    return dict(sums)


def twins(
    ours: Sequence[tuple[Profile, Profile]], theirs: Sequence[tuple[Profile, Profile]], least: float = LEAST_ALIKE
) -> list[tuple[int, int, float]]:
    """Returns the pairs of groups of two languages that seem to ask the same, and how alike they are.

    A group is given by its meanings and its ranking. Each of a pair is the other's nearest, and they are alike enough.
    """
    if not ours or not theirs:
        return []
    alike = likeness(ours, theirs)
    best, back = alike.argmax(axis=1), alike.argmax(axis=0)
    return [
        (our, int(their), float(alike[our, their]))
        for our, their in enumerate(best)
        if back[their] == our and alike[our, their] >= least
    ]


def likeness(ours: Sequence[tuple[Profile, Profile]], theirs: Sequence[tuple[Profile, Profile]]) -> Vectors:
    """Returns how alike each of our groups is to each of theirs, from 0 to 1."""
    by_meaning = _cosines([meanings for meanings, _ in ours], [meanings for meanings, _ in theirs])
    by_ranking = _cosines([ranking for _, ranking in ours], [ranking for _, ranking in theirs])
    return MEANINGS_WEIGH * by_meaning + (1 - MEANINGS_WEIGH) * by_ranking


def _cosines(ours: Sequence[Profile], theirs: Sequence[Profile]) -> Vectors:
    every = [*ours, *theirs]
    if not any(every):
        return np.zeros((len(ours), len(theirs)))
    rows = DictVectorizer(sparse=False).fit_transform(every)
    rarity = np.log((1 + len(rows)) / (1 + (rows > 0.1).sum(axis=0)))
    unit = normalize(rows * np.maximum(rarity, 0.0))
    cosines: Vectors = unit[: len(ours)] @ unit[len(ours) :].T
    return cosines
