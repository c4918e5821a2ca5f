"""How well the training questions tell each other apart: advice on the data, no part of the gate.

Each question is read by a model that has learned neither it nor a near copy of it: folds are made of groups of near
copies, for a copy in another fold would make the figure too good. The questions alone are learned, without the words of
the glossary, and of each intent only some: it is to show where questions are thin or mixed, within a minute. The share
is no measure of the model, which learns from all of them.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import Any, Sequence

from bot.evaluation.training_data.near_copies import near_copies
from bot.evaluation.training_data.questions import Example, key_of
from bot.evaluation.training_data.soundness import check
from bot.settings import Settings

FOLDS = 3

# Questions of one intent, chosen by a hash where there are more.
MOST_OF_AN_INTENT = 60

# Intents that are told.
MOST_TOLD = 12


def cross_validate(settings: Settings) -> dict[str, Any]:
    """Returns {"questions", "most", "folds", "share", "weakest": [{"intent", "right", "of", "other"}]}."""
    questions = _some(check(settings.project).questions)
    folds = _folds(questions)
    taken: list[tuple[str, str]] = []
    for fold in range(FOLDS):
        taken += _read(questions, [each == fold for each in folds])
    right = sum(intent == other for intent, other in taken)
    return {
        "questions": len(taken),
        "most": MOST_OF_AN_INTENT,
        "folds": FOLDS,
        "share": right / len(taken) if taken else 0.0,
        "weakest": _weakest(taken),
    }


def _some(questions: Sequence[Example]) -> list[Example]:
    by_intent: dict[str, dict[str, Example]] = defaultdict(dict)
    for question in questions:
        by_intent[question.intent].setdefault(question.key, question)
    found: list[Example] = []
    for of_intent in by_intent.values():
        found += sorted(of_intent.values(), key=lambda each: _hash(each.key))[:MOST_OF_AN_INTENT]
    return found


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _folds(questions: Sequence[Example]) -> list[int]:
    """Returns the fold of each question: that of the first of its near copies."""
    texts = [key_of(question.text) for question in questions]
    first = list(range(len(texts)))
    pairs = near_copies(texts, [question.intent for question in questions])
    for pair in sorted((*pairs.within, *pairs.across), key=lambda pair: (pair.first, pair.second)):
        low, high = sorted((pair.first, pair.second))
        first[high] = min(first[high], first[low])
    return [int(_hash(texts[index]), 16) % FOLDS for index in first]


def _read(questions: Sequence[Example], asked: Sequence[bool]) -> list[tuple[str, str]]:
    """Returns the intents of the asked questions, each with what a model of the others takes it for."""
    from bot.nlu.ngram_model import NgramModel, NgramSettings, Sample

    learned = [each for each, is_asked in zip(questions, asked, strict=True) if not is_asked]
    others = [each for each, is_asked in zip(questions, asked, strict=True) if is_asked]
    if not others or len({each.intent for each in learned}) < 2:
        return []
    model = NgramModel.train([Sample(each.key) for each in learned], [each.intent for each in learned], NgramSettings())
    rows = model.confidences([Sample(each.key) for each in others])
    return [(each.intent, model.labels[row.argmax()]) for each, row in zip(others, rows, strict=True)]


def _weakest(taken: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    by_intent: dict[str, Counter[str]] = defaultdict(Counter)
    for intent, other in taken:
        by_intent[intent][other] += 1
    found: list[dict[str, Any]] = []
    for intent, counts in by_intent.items():
        wrong = Counter({other: count for other, count in counts.items() if other != intent})
        if wrong:
            other = wrong.most_common(1)[0][0]
            found.append({"intent": intent, "right": counts[intent], "of": sum(counts.values()), "other": other})
    return sorted(found, key=lambda each: each["right"] / each["of"])[:MOST_TOLD]
