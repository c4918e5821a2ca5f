"""Whether a model can be trained from the training data: everything that is in the way, at once, before it is tried."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from bot.errors import TrainingDataError
from bot.evaluation.training_data.asked_in_tests import note_asked_in_tests
from bot.evaluation.training_data.conflicts import note_conflicts
from bot.evaluation.training_data.domain import OWN_INTENTS, Domain, read_domain
from bot.evaluation.training_data.problems import Findings, Kind, Problem
from bot.evaluation.training_data.questions import FOLDER, Example, Heading, QuestionReader
from bot.evaluation.training_data.yaml_files import read_yaml, yaml_files

MOST_SHOWN = 20
DIALOGUE = ("data/rules", "data/stories")

# Lookup tables of the thesaurus: a sense is no entity (bot/nlu/glossary_extractor.py).
SENSE = "sense"


@dataclass(frozen=True)
class TrainingData:
    """The questions and headings of a project, and what was found wrong with them."""

    questions: list[Example]
    intents: list[Heading]
    findings: Findings


def require_sound(project: Path) -> None:
    """Raises TrainingDataError, which names all that is in the way, where a model can't be trained."""
    problems = check(project).findings.blocking
    if problems:
        raise TrainingDataError(_told(problems))


def _told(problems: Sequence[Problem]) -> str:
    many = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
    lines = [f"the training data have {many}; nothing was trained, and earlier models stay as they are:"]
    lines.extend(f"  {problem}" for problem in problems[:MOST_SHOWN])
    if len(problems) > MOST_SHOWN:
        lines.append(f"  and {len(problems) - MOST_SHOWN} more ('wenhao evaluate --data --all' shows them)")
    return "\n".join(lines)


def check(project: Path) -> TrainingData:
    """Reads the training data of a project and finds what stops training."""
    findings = Findings(project)
    domain = read_domain(findings)
    reader = QuestionReader(findings, domain.entities)
    reader.read_all(project / FOLDER)
    for folder in DIALOGUE:
        for file in yaml_files(project / folder):
            read_yaml(file, findings)
    _note_unknown_intents(reader.intents, domain, findings)
    _note_lookups(reader.lookups, domain, findings)
    note_conflicts(reader.questions, findings)
    note_asked_in_tests(reader.questions, findings)
    return TrainingData(reader.questions, reader.intents, findings)


def _note_unknown_intents(headings: Sequence[Heading], domain: Domain, findings: Findings) -> None:
    if findings.count()[Kind.UNREADABLE]:
        # Its names may stand in the file that can't be read.
        return
    # `faq/price` is the intent `faq` to the domain.
    asked = {heading.name.split("/")[0] for heading in headings}
    for heading in headings:
        if heading.name.split("/")[0] not in domain.intents:
            message = f"the domain has no intent '{heading.name}'; add it to `intents` in domain/, or mend the name"
            findings.note(Kind.DOMAIN, heading.file, heading.line, message)
    for name in domain.intents.keys() - asked - set(OWN_INTENTS):
        message = f"no question has the intent '{name}'; write some in data/nlu, or delete the name here"
        findings.note(Kind.DOMAIN, *domain.intents[name], message)


def _note_lookups(headings: Sequence[Heading], domain: Domain, findings: Findings) -> None:
    files: dict[str, set[Path]] = defaultdict(set)
    for name, file, line in headings:
        entity, _, value = name.partition("/")
        if not entity or not value:
            message = f"the lookup '{name}' names no value; write it as `- lookup: entity/value`"
            findings.note(Kind.FORM, file, line, message)
        elif entity not in (*domain.entities, SENSE) and not findings.count()[Kind.UNREADABLE]:
            message = f"the domain has no entity '{entity}'; add it to `entities` in domain/, or mend the name"
            findings.note(Kind.DOMAIN, file, line, message)
        if files[name] - {file}:
            other = findings.named(min(files[name] - {file})).as_posix()
            message = f"the words of '{name}' stand in {other} too, and only those of one file count; put them together"
            findings.note(Kind.FORM, file, line, message)
        files[name].add(file)
