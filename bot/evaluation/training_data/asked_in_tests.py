"""Questions that the tests ask: a model that was trained on them is measured on what it learnt by heart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterator, Sequence

from bot.evaluation.training_data.problems import Findings, Kind, quoted
from bot.evaluation.training_data.questions import Example, key_of

FOLDERS = ("tests/held_out", "tests/development", "tests/golden")

# What has but a few words in any conversation, and measures little.
SMALL_TALK = ("affirm", "choose_option", "deny", "goodbye", "greet", "thank")


def note_asked_in_tests(questions: Sequence[Example], findings: Findings) -> None:
    """Notes each question, small talk aside, that a file of cases asks too. Projects without tests have none."""
    asked = asked_in(findings.project)
    for question in questions:
        if question.key in asked and question.intent not in SMALL_TALK:
            where = findings.place(*asked[question.key])
            what = f"{quoted(question.text)} ({question.intent}) is asked in {where}, to measure on"
            message = f"{what}; delete one of them"
            findings.note(Kind.TESTED, question.file, question.line, message)


def asked_in(project: Path) -> dict[str, tuple[Path, int]]:
    """Returns the questions that the tests of a project ask, as the model sees them, each with its place."""
    files = [file for folder in FOLDERS for file in sorted((project / folder).glob("*.jsonl"))]
    return {key_of(text): (file, line) for file in files for line, text in _texts_of(file)}


def _texts_of(file: Path) -> Iterator[tuple[int, str]]:
    # A line that is no JSON is the measurement's to complain of.
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        try:
            case = json.loads(line)
        except ValueError:
            continue
        for text in _texts_in(case):
            yield number, text


def _texts_in(case: Any) -> Iterator[str]:
    """Yields the text of a question, or those of a dialogue's turns."""
    if isinstance(case, dict):
        if isinstance(case.get("text"), str):
            yield case["text"]
        for turn in case.get("turns") or ():
            yield from _texts_in(turn)
