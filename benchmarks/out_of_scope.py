"""Telling questions out of scope by the confidence alone, as oos-eval does: below a threshold they are refused.

A question in scope that is refused counts as an error. Thresholds are chosen on validation questions: by rule A (that
of https://github.com/clinc/oos-eval) for the best accuracy over all of them, by rule B for the best mean of the
accuracy in scope and the share refused out of scope.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

RECALL = 0.95


@dataclass(frozen=True)
class Judged:
    """Questions in scope as confidence and whether the intent is right, those out of scope as confidence."""

    inside: Sequence[tuple[float, bool]]
    outside: Sequence[float]

    def at(self, threshold: float) -> Rejection:
        """Returns what a threshold does."""
        accepted = sum(right and confidence >= threshold for confidence, right in self.inside)
        wrongly = sum(confidence < threshold for confidence, _ in self.inside)
        rightly = sum(confidence < threshold for confidence in self.outside)
        return Rejection(threshold, accepted, len(self.inside), wrongly, rightly, len(self.outside))


@dataclass(frozen=True)
class Rejection:
    """What a threshold did: `right` of `inside` kept and rightly answered, `rightly` of `outside` refused."""

    threshold: float
    right: int
    inside: int
    wrongly: int
    rightly: int
    outside: int

    @property
    def accuracy(self) -> float:
        """The share of questions in scope that were neither refused nor misread."""
        return self.right / self.inside

    @property
    def recall(self) -> float:
        """The share of questions out of scope that were refused."""
        return self.rightly / self.outside

    @property
    def f1(self) -> float:
        """F1 of refusing."""
        refused = self.rightly + self.wrongly
        return 2 * self.rightly / (refused + self.outside)


def rule_a(rejection: Rejection) -> float:
    """The accuracy over all questions."""
    return (rejection.right + rejection.rightly) / (rejection.inside + rejection.outside)


def rule_b(rejection: Rejection) -> float:
    """The mean of accuracy in scope and recall out of scope."""
    return (rejection.accuracy + rejection.recall) / 2


def choose(judged: Judged, rule: Callable[[Rejection], float]) -> float:
    """Returns the lowest threshold that is best by a rule: none at all (0), or the confidence of a question."""
    rights = np.sort([confidence for confidence, right in judged.inside if right])
    every = np.sort([confidence for confidence, _ in judged.inside])
    outside = np.sort(np.asarray(judged.outside, dtype=float))
    # One above all, too: refusing everything can be best by a rule.
    thresholds = np.unique([0.0, *every, *outside, np.nextafter(max(every[-1], outside[-1]), np.inf)])
    counts = zip(
        (len(rights) - np.searchsorted(rights, thresholds)).tolist(),
        np.searchsorted(every, thresholds).tolist(),
        np.searchsorted(outside, thresholds).tolist(),
        strict=True,
    )
    values = [
        rule(Rejection(0.0, right, len(every), wrongly, rightly, len(outside))) for right, wrongly, rightly in counts
    ]
    return float(thresholds[int(np.argmax(values))])


def area(judged: Judged) -> float:
    """Returns the area under the ROC curve of telling out of scope by a low confidence."""
    confidences = [*(confidence for confidence, _ in judged.inside), *judged.outside]
    outside = [False] * len(judged.inside) + [True] * len(judged.outside)
    return float(roc_auc_score(outside, [-confidence for confidence in confidences]))


def refused_at_recall(judged: Judged, recall: float = RECALL) -> float:
    """Returns the share of questions in scope that is refused where that share of those out of scope is."""
    outside = sorted(judged.outside)
    least = outside[int(np.ceil(recall * len(outside))) - 1]
    return sum(confidence <= least for confidence, _ in judged.inside) / len(judged.inside)
