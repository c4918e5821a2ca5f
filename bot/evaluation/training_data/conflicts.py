"""Texts that stand in the training data more than once: under two intents, which contradicts itself, or under one."""

from __future__ import annotations

from collections import defaultdict
from typing import Sequence

from bot.evaluation.training_data.problems import Findings, Kind, quoted
from bot.evaluation.training_data.questions import Example

MOST_PLACES = 3


def note_conflicts(questions: Sequence[Example], findings: Findings) -> None:
    """Notes each text that stands under more than one intent, in the form in which the model sees it."""
    for same in repeated(questions):
        first, *others = same
        elsewhere = [each for each in others if each.intent != first.intent]
        if elsewhere:
            shown = ", ".join(
                f"{quoted(each.text)} ({each.intent}, {findings.place(each.file, each.line)})"
                for each in elsewhere[:MOST_PLACES]
            )
            more = f" and {len(elsewhere) - MOST_PLACES} more" if len(elsewhere) > MOST_PLACES else ""
            message = (
                f"{quoted(first.text)} ({first.intent}) stands elsewhere too: {shown}{more}; keep it under one intent"
            )
            findings.note(Kind.CONFLICT, first.file, first.line, message)


def note_copies(questions: Sequence[Example], findings: Findings) -> None:
    """Notes each text that its intent has already."""
    for same in repeated(questions):
        first: dict[str, Example] = {}
        for each in same:
            known = first.setdefault(each.intent, each)
            if known is not each:
                there = f"{quoted(known.text)} ({findings.place(known.file, known.line)})"
                message = f"{quoted(each.text)} is there already: {there}; delete one"
                findings.note(Kind.COPY, each.file, each.line, message)


def repeated(questions: Sequence[Example]) -> list[list[Example]]:
    """Returns the questions that are one text to the model, together."""
    by_key: dict[str, list[Example]] = defaultdict(list)
    for question in questions:
        by_key[question.key].append(question)
    return [same for same in by_key.values() if len(same) > 1]
