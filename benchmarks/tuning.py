"""Choosing the classifier's settings on a set's own validation questions: `... tuning JOB RESULT`.

Never on the questions that a figure is measured on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.component_worker import main
from bot.nlu.linear_machines import Matrix
from bot.nlu.ngram_model import NgramModel, NgramSettings, Sample

CS = (0.1, 0.3, 1.0, 3.0)
SMOOTHINGS = (0.03, 0.1, 0.3, 1.0)

# How much naive Bayes weighs beside the machines, and then both together: the scale changes no decision.
SHARES = (0.0, 0.03, 0.06, 0.125, 0.25, 0.5, 1.0)
SHARPNESSES = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0)

# A machine that counts for nothing is trained all the same: with little to do.
IDLE = 0.01


def choose(
    train: Sequence[Sample], intents: Sequence[str], valid: Sequence[Sample], right: Sequence[str]
) -> NgramSettings:
    """Returns the settings with the best accuracy on the validation questions; then the likeliest sharpness."""
    labels = sorted(set(intents))
    known = np.array([labels.index(intent) if intent in labels else -1 for intent in right])
    machines = {c: _scores(train, intents, valid, NgramSettings(c=c, sharpness=1.0, bayes=0.0)) for c in CS}
    bayes = {
        smoothing: _scores(train, intents, valid, NgramSettings(IDLE, smoothing, sharpness=0.0, bayes=1.0))
        for smoothing in SMOOTHINGS
    }
    best = max(_tried(machines, bayes), key=lambda tried: float(np.mean(tried[1].argmax(axis=1) == known)))
    settings, summed = best
    sharpness = max(SHARPNESSES, key=lambda sharpness: likelihood(sharpness * summed, known))
    return settings._replace(sharpness=sharpness, bayes=sharpness * settings.bayes)


def _tried(machines: Mapping[float, Matrix], bayes: Mapping[float, Matrix]) -> Iterator[tuple[NgramSettings, Matrix]]:
    for c, margins in machines.items():
        yield NgramSettings(c=c, bayes=0.0), margins
        for smoothing, logs in bayes.items():
            for share in SHARES[1:]:
                yield NgramSettings(c=c, smoothing=smoothing, bayes=share), margins + share * logs


def _scores(
    train: Sequence[Sample], intents: Sequence[str], valid: Sequence[Sample], settings: NgramSettings
) -> Matrix:
    """Returns the logarithms of confidences: but for a constant in each row, what the softmax was taken of."""
    confidences = NgramModel.train(train, intents, settings).confidences(valid)
    logs: Matrix = np.log(np.maximum(confidences, np.finfo(confidences.dtype).tiny))
    return logs


def likelihood(scores: Matrix, known: Matrix) -> float:
    """Returns the mean logarithm of the right intents' confidences, of those questions whose intent is known."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.flatnonzero(known >= 0)
    return float(np.mean(logs[rows, known[rows]]))


def work(job: Mapping[str, Any]) -> dict[str, float]:
    """Chooses. The job has the configuration, training questions and validation questions."""
    from benchmarks.samples import samples_of

    train, valid = ([(text, intent) for text, intent in job[part]] for part in ("train", "valid"))
    samples = [samples_of(job["config"], questions, {}) for questions in (train, valid)]
    chosen = choose(samples[0], [intent for _, intent in train], samples[1], [intent for _, intent in valid])
    return {name: getattr(chosen, name) for name in ("c", "smoothing", "sharpness", "bayes")}


if __name__ == "__main__":
    main(work)
