"""The files that follow from what was learned: the same lessons give the same bytes."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any, Callable, Mapping, Optional, Sequence

import yaml

from bot.evaluation.training_data.questions import key_of
from bot.learning.deciding.teachable import teachable
from bot.learning.draft_parts import parts_of
from bot.learning.drafts import ASKING, Draft
from bot.learning.landing import lesson as lessons_file
from bot.learning.landing.lesson import Lesson, in_order, to_lines

NLU = Path("data/nlu/learned.yml")
DOMAIN = Path("domain/learned.yml")
RULES = Path("data/rules/learned.yml")
RULE_TABLE = Path("data/rule_table/learned.yml")
GOLDEN = Path("tests/golden/learned.jsonl")

OWNED = (
    "# Written by Wenhao from data/learned/lessons.jsonl. What is changed here by hand is in the way of the next\n"
    "# landing: put it into a file of your own beside this one.\n"
)
VERSION = 'version: "3.1"\n'
OUT_OF_SCOPE = "out_of_scope"

Content = Optional[bytes]


def render(lessons: Sequence[Lesson]) -> dict[Path, Content]:
    """Returns every learned file, by its path in the project; None for one that there is nothing for.

    They are in the order in which they are to be written: what is asked last, so that a table has a topic before a
    model can know it, and the lessons themselves at the very end.
    """
    lessons = in_order(lessons)
    files: dict[Path, Callable[[Sequence[Lesson]], str]] = {
        RULE_TABLE: _rule_table,
        DOMAIN: _domain,
        RULES: _rules,
        NLU: _questions,
        GOLDEN: _golden,
        lessons_file.FILE: to_lines,
    }
    return {path: made(lessons).encode("utf-8") or None for path, made in files.items()}


def drafts_in(lessons: Sequence[Lesson]) -> list[Draft]:
    """Returns the new topics among lessons."""
    return [lesson.topic() for lesson in lessons if lesson.kind == "intent"]


def questions_in(lessons: Sequence[Lesson]) -> dict[str, list[str]]:
    """Returns the training questions of each intent: each new topic's own in both languages, and the examples."""
    questions: dict[str, dict[str, str]] = defaultdict(dict)
    for draft in drafts_in(lessons):
        for text in (draft.question.en, draft.question.zh):
            questions[draft.intent].setdefault(key_of(text), teachable(text))
    for lesson in lessons:
        if lesson.kind == "example":
            questions[lesson.intent].setdefault(key_of(lesson.text), teachable(lesson.text))
    return {intent: list(questions[intent].values()) for intent in sorted(questions)}


def _questions(lessons: Sequence[Lesson]) -> str:
    questions = questions_in(lessons)
    entries = [
        f"  - intent: {intent}\n    examples: |\n" + "".join(f"      - {text}\n" for text in texts)
        for intent, texts in questions.items()
    ]
    return OWNED + VERSION + "nlu:\n" + "".join(entries) if entries else ""


def _domain(lessons: Sequence[Lesson]) -> str:
    intents = sorted(draft.intent for draft in drafts_in(lessons))
    return OWNED + VERSION + "intents:\n" + "".join(f"  - {intent}\n" for intent in intents) if intents else ""


def _rules(lessons: Sequence[Lesson]) -> str:
    intents = sorted(draft.intent for draft in drafts_in(lessons))
    asked = "".join(f"          - intent: {intent}\n" for intent in intents)
    rule = f"rules:\n  - rule: Look up what was learned\n    steps:\n      - or:\n{asked}      - action: {ANSWER}\n"
    return OWNED + VERSION + rule if intents else ""


ANSWER = "action_answer_question"


def _rule_table(lessons: Sequence[Lesson]) -> str:
    sections = merged([parts_of(draft) for draft in drafts_in(lessons)])
    if not sections:
        return ""
    return OWNED + yaml.safe_dump(sections, allow_unicode=True, sort_keys=False, width=120)


def merged(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Returns the sections of several drafts as one: an area or source that two bring is there once."""
    sections: dict[str, Any] = {}
    for name in ("areas", "topics", "sources"):
        together = {key: part for each in parts for key, part in each.get(name, {}).items()}
        sections.update({name: together} if together else {})
    rows = [row for each in parts for row in each.get("rows", [])]
    return {**sections, "rows": rows} if rows else sections


def _golden(lessons: Sequence[Lesson]) -> str:
    rows = [_golden_row(lesson) for lesson in lessons if lesson.kind == "golden"]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _golden_row(lesson: Lesson) -> dict[str, Any]:
    topics = [lesson.intent[len(ASKING) :]] if lesson.intent.startswith(ASKING) else []
    return {
        "text": teachable(lesson.text),
        "language": lesson.language,
        "style": "learned",
        "topics": topics,
        "facts": [],
    }
