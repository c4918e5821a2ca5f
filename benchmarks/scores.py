"""How good the answers to a set are: accuracy, macro F1, and whether the confidences hold."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sklearn.metrics import f1_score

from bot.evaluation.calibration import bins, calibration_error

FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Answer:
    """What a pipeline made of a question: its likeliest intent, how sure it was, and how long it took.

    `processor` is the processor's time in seconds: other work on the machine lengthens it less.
    """

    intent: str
    confidence: float
    seconds: float
    processor: float

    @classmethod
    def of(cls, parsed: Mapping[str, Any], seconds: float, processor: float) -> Answer:
        """Returns the answer in parse data. A fallback is no intent of the set: what it stands before counts."""
        own = [each for each in parsed["intent_ranking"] or [] if each["name"] != FALLBACK]
        first = own[0] if own else parsed["intent"]
        return cls(str(first["name"]), float(first["confidence"]), seconds, processor)


@dataclass(frozen=True)
class Scores:
    """Shares, from 0 to 1, and the median times of a single question."""

    accuracy: float
    macro_f1: float
    calibration_error: float
    milliseconds: float
    processor_milliseconds: float


def score(intents: Sequence[str], answers: Sequence[Answer]) -> Scores:
    """Returns the scores of answers to questions with known intents."""
    given = [answer.intent for answer in answers]
    rights = [intent == answer.intent for intent, answer in zip(intents, answers, strict=True)]
    sure = [(answer.confidence, right) for answer, right in zip(answers, rights, strict=True)]
    return Scores(
        accuracy=sum(rights) / len(rights),
        macro_f1=macro_f1(intents, given),
        calibration_error=calibration_error(bins(sure)),
        milliseconds=1000 * statistics.median(answer.seconds for answer in answers),
        processor_milliseconds=1000 * statistics.median(answer.processor for answer in answers),
    )


def macro_f1(intents: Sequence[str], given: Sequence[str]) -> float:
    """Returns the mean F1 over all intents that were asked for or given."""
    return float(f1_score(intents, given, average="macro", zero_division=0))
