"""Reads a rule table from its folder and checks it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, Type, TypeVar, Union

import yaml
from pydantic import ValidationError

from actions.rule_table.checks import find_faults
from actions.rule_table.consultation import Advice, Decision, Inquiry, Sentence
from actions.rule_table.consultation_checks import find_consultation_faults
from actions.rule_table.errors import Fault, RuleTableError
from actions.rule_table.model import Area, Interface, Part, Rate, Row, Source, Topic
from actions.rule_table.phrases import Phrases
from actions.rule_table.table import RuleTable
from actions.rule_table.yaml_lines import Document, Place, read_document

PartType = TypeVar("PartType", bound=Part)

LISTS: dict[str, Type[Part]] = {
    "rows": Row,
    "interfaces": Interface,
    "rates": Rate,
    "decisions": Decision,
    "advice": Advice,
}
MAPS: dict[str, Type[Part]] = {
    "areas": Area,
    "topics": Topic,
    "sources": Source,
    "questions": Inquiry,
    "sentences": Sentence,
}
SECTIONS = (*LISTS, *MAPS, "phrases")


@dataclass
class Reading:
    """What has been read so far: the parts, where each stands, and the faults."""

    parts: dict[Type[Part], dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in _kinds()})
    origins: dict[tuple[Type[Part], str], tuple[Document, Place]] = field(default_factory=dict)
    phrases: Optional[Phrases] = None
    phrases_document: Optional[Document] = None
    faults: list[Fault] = field(default_factory=list)

    def fault(self, document: Document, place: Place, message: str) -> None:
        """Notes a fault at a place of a file."""
        self.faults.append(Fault(document.file, document.line_of(place), message))

    def fault_in(self, part: Part, place: Place, message: str) -> None:
        """Notes a fault at a place inside a part that was read."""
        if isinstance(part, Phrases):
            assert self.phrases_document
            self.fault(self.phrases_document, ("phrases", *place), message)
            return
        document, origin = self.origins[(type(part), part.id)]  # type: ignore[attr-defined]
        self.fault(document, (*origin, *place), message)

    def copy(self) -> Reading:
        """Returns a reading that more can be read into, while this one stays as it is."""
        parts = {kind: dict(known) for kind, known in self.parts.items()}
        return Reading(parts, dict(self.origins), self.phrases, self.phrases_document, list(self.faults))


def _kinds() -> list[Type[Part]]:
    return [*LISTS.values(), *MAPS.values()]


def load_rule_table(folder: Path) -> RuleTable:
    """Reads every `*.yml` in a folder as one rule table.

    Raises RuleTableError with every fault found, each with its file and line.
    """
    return checked_table(read_parts(folder), folder)


def read_parts(folder: Path) -> Reading:
    """Reads every `*.yml` in a folder, with the faults of each file by itself. Raises RuleTableError where is none."""
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise RuleTableError([Fault(folder, 1, "no rule table here: expected *.yml files")])
    reading = Reading()
    for file in files:
        _read_file(file, reading)
    return reading


def checked_table(reading: Reading, folder: Path) -> RuleTable:
    """Returns what was read as one table. Raises RuleTableError with every fault found."""
    if reading.faults:
        raise RuleTableError(reading.faults)
    if reading.phrases is None:
        raise RuleTableError([Fault(folder, 1, "no 'phrases' section in any file: replies have no words")])
    table = _to_table(reading, reading.phrases)
    find_faults(table, reading.fault_in)
    find_consultation_faults(table, reading.fault_in)
    if reading.faults:
        raise RuleTableError(reading.faults)
    return table


def _to_table(reading: Reading, phrases: Phrases) -> RuleTable:
    parts = reading.parts
    return RuleTable(
        areas=parts[Area],
        topics=parts[Topic],
        rows=parts[Row],
        sources=parts[Source],
        interfaces=parts[Interface],
        rates=parts[Rate],
        phrases=phrases,
        questions=parts[Inquiry],
        decisions=parts[Decision],
        advice=parts[Advice],
        sentences=parts[Sentence],
    )


def _read_file(file: Path, reading: Reading) -> None:
    try:
        document = read_document(file)
    except UnicodeDecodeError as error:
        reading.faults.append(Fault(file, 1, f"is not UTF-8 (byte {error.start}): save it as UTF-8"))
        return
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reading.faults.append(Fault(file, line, f"can't be read as YAML: {error.problem}"))
        return
    except yaml.reader.ReaderError as error:
        line = file.read_bytes()[: error.position].count(b"\n") + 1
        reading.faults.append(Fault(file, line, f"can't be read as YAML: {error.reason}"))
        return
    except (yaml.YAMLError, OSError, RecursionError) as error:
        reading.faults.append(Fault(file, 1, f"can't be read: {' '.join(str(error).split())}"))
        return
    read_sections(document, reading)


def read_sections(document: Document, reading: Reading) -> None:
    """Reads the parts of one file, and notes their faults."""
    if not isinstance(document.data, dict):
        reading.fault(document, (), f"expected the sections {', '.join(SECTIONS)}")
        return
    for section, content in document.data.items():
        _read_section(document, section, content, reading)


def _read_section(document: Document, section: str, content: Any, reading: Reading) -> None:
    if section in LISTS:
        for index, item in enumerate(_checked(document, section, content, list, reading)):
            _read_part(LISTS[section], document, (section, index), item, reading)
    elif section in MAPS:
        for key, item in _checked(document, section, content, dict, reading).items():
            item = {"id": key, **item} if isinstance(item, dict) else item
            _read_part(MAPS[section], document, (section, key), item, reading)
    elif section == "phrases" and reading.phrases is None:
        reading.phrases = _parse(Phrases, document, (section,), content, reading)
        reading.phrases_document = document
    elif section == "phrases":
        reading.fault(document, (section,), "a second 'phrases' section: there may be one in all files")
    else:
        reading.fault(document, (section,), f"unknown section '{section}': expected {', '.join(SECTIONS)}")


def _checked(document: Document, section: str, content: Any, kind: type, reading: Reading) -> Any:
    if isinstance(content, kind):
        return content
    reading.fault(document, (section,), f"'{section}' must be a {'list' if kind is list else 'mapping'}")
    return kind()


def _read_part(kind: Type[Part], document: Document, place: Place, item: Any, reading: Reading) -> None:
    part = _parse(kind, document, place, item, reading)
    if part is None:
        return
    part_id: str = part.id  # type: ignore[attr-defined]
    known = reading.parts[kind]
    if part_id in known:
        other, other_place = reading.origins[(kind, part_id)]
        reading.fault(document, place, f"'{part_id}' is there twice, also in {other.file}:{other.line_of(other_place)}")
        return
    known[part_id] = part
    reading.origins[(kind, part_id)] = (document, place)


def _parse(kind: Type[PartType], document: Document, place: Place, item: Any, reading: Reading) -> Optional[PartType]:
    if not isinstance(item, dict):
        reading.fault(document, place, f"expected a mapping with the fields of a {kind.__name__.lower()}")
        return None
    try:
        return kind(**item)
    except ValidationError as error:
        for problem in error.errors():
            where: tuple[Union[str, int], ...] = tuple(key for key in problem["loc"] if key != "__root__")
            message = f"{item.get('id', place[-1])}: {'.'.join(map(str, where))}: {problem['msg']}"
            reading.fault(document, (*place, *where), message)
        return None
