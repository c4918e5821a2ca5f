"""What a text meets in the project: the same text in the training questions, the tests, or among the lessons."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, NamedTuple, Sequence

from bot.evaluation.training_data.asked_in_tests import asked_in
from bot.evaluation.training_data.problems import Findings
from bot.evaluation.training_data.questions import FOLDER, QuestionReader, key_of
from bot.evaluation.training_data.yaml_files import yaml_files
from bot.learning.drafts import Draft
from bot.learning.landing.lesson import Lesson
from bot.learning.landing.rendering import GOLDEN, NLU, drafts_in


class Place(NamedTuple):
    """Where a text stands, and under which intent; none where it is asked in the tests."""

    intent: str
    place: str


@dataclass(frozen=True)
class Standing:
    """Every text that stands somewhere, by its key: those to learn from, and those that the tests ask."""

    learned: Mapping[str, Place]
    asked: Mapping[str, str]

    def golden_keys(self) -> list[str]:
        """Returns the keys of what the tests ask."""
        return list(self.asked)


def standing(project: Path, lessons: Sequence[Lesson], drafts: Sequence[Draft]) -> Standing:
    """Returns what stands in the files that people wrote, in the lessons, and as questions of topics to be."""
    findings = Findings(project)
    reader = QuestionReader(findings)
    for file in yaml_files(project / FOLDER):
        if file != project / NLU:
            reader.read_file(file)
    learned = {each.key: Place(each.intent, findings.place(each.file, each.line)) for each in reader.questions[::-1]}
    for draft in (*drafts_in(lessons), *drafts):
        for text in (draft.question.en, draft.question.zh):
            learned.setdefault(key_of(text), Place(draft.intent, f"the topic '{draft.name}', as its own question"))
    asked = {
        key: findings.place(file, line)
        for key, (file, line) in asked_in(project).items()
        if findings.named(file) != GOLDEN
    }
    for lesson in lessons:
        if lesson.kind == "example":
            learned.setdefault(key_of(lesson.text), Place(lesson.intent, f"lesson {lesson.id}"))
    golden = {key_of(lesson.text): f"lesson {lesson.id}" for lesson in lessons if lesson.kind == "golden"}
    return Standing(learned, {**asked, **golden})
