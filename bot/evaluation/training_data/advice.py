"""What would make the training data teach better: copies, near copies, and intents that have few questions."""

from __future__ import annotations

from collections import Counter
from typing import Sequence

from bot.evaluation.training_data.conflicts import note_copies
from bot.evaluation.training_data.near_copies import NearCopy, near_copies
from bot.evaluation.training_data.problems import FEWEST_QUESTIONS, MOST_TIMES, Findings, Kind, quoted
from bot.evaluation.training_data.questions import Example
from bot.evaluation.training_data.soundness import TrainingData
from bot.nlu.text import language_of

LANGUAGES = {"en": "English", "zh": "Chinese"}
ASKING = "ask_"

Counts = dict[str, dict[str, int]]
"""How many questions each intent has in each language."""


def note_advice(data: TrainingData) -> Counts:
    """Notes what does not stop training, and returns how many questions there are."""
    note_copies(data.questions, data.findings)
    _note_near_copies(data.questions, data.findings)
    counts = count(data.questions)
    _note_counts(data, counts)
    return counts


def count(questions: Sequence[Example]) -> Counts:
    """Returns how many questions each intent has in each language, intents in the order of their names."""
    found = Counter((question.intent, language_of(question.text)) for question in questions)
    intents = sorted({question.intent for question in questions})
    return {intent: {language: found[intent, language] for language in LANGUAGES} for intent in intents}


def _note_near_copies(questions: Sequence[Example], findings: Findings) -> None:
    different = list({question.key: question for question in reversed(questions)}.values())[::-1]
    found = near_copies([question.key for question in different], [question.intent for question in different])
    for kind, pairs, advice in (
        (Kind.NEAR_CONFLICT, found.across, "put both under one intent, or word them apart"),
        (Kind.NEAR_COPY, found.within, "say it another way, or delete one"),
    ):
        for near in pairs:
            _note_pair(kind, near, different, advice, findings)


def _note_pair(kind: Kind, near: NearCopy, questions: Sequence[Example], advice: str, findings: Findings) -> None:
    first, second = questions[near.first], questions[near.second]
    this, that = (f"{quoted(each.text)} ({each.intent})" for each in (second, first))
    where = findings.place(first.file, first.line)
    message = f"{this} is {near.alike:.0%} like {that} in {where}; {advice}"
    findings.note(kind, second.file, second.line, message)


def _note_counts(data: TrainingData, counts: Counts) -> None:
    places = {heading.name: heading for heading in reversed(data.intents)}
    for intent, in_language in counts.items():
        _, file, line = places[intent]
        for language, number in in_language.items():
            if intent.startswith(ASKING) and number < FEWEST_QUESTIONS:
                message = f"{intent} has {number} questions in {LANGUAGES[language]}; write {FEWEST_QUESTIONS} or more"
                data.findings.note(Kind.FEW, file, line, message)
        less, more = sorted(in_language, key=lambda language: in_language[language])
        if in_language[more] > MOST_TIMES * in_language[less]:
            has = f"{in_language[more]} questions in {LANGUAGES[more]} and {in_language[less]} in {LANGUAGES[less]}"
            data.findings.note(Kind.ONE_SIDED, file, line, f"{intent} has {has}; write more {LANGUAGES[less]} ones")
