"""The rule table with a draft in it: the project's table is read once, and again where a file changed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from actions.rule_table.errors import RuleTableError
from actions.rule_table.loader import Reading, checked_table, read_parts, read_sections
from actions.rule_table.table import RuleTable
from actions.rule_table.yaml_lines import Document, Place

FOLDER = Path("data/rule_table")
DRAFT = Path("the draft")

Stamp = tuple[tuple[str, int, int], ...]
Faults = list[tuple[Place, str]]


def table_of(project: Path) -> RuleTable:
    """Returns the project's rule table. Raises RuleTableError where it has faults."""
    return _table(project / FOLDER, _stamp(project / FOLDER))


def table_with(project: Path, sections: dict[str, Any]) -> tuple[Reading, Faults]:
    """Returns the project's table with more sections, and their faults: each with its place in the sections.

    Raises RuleTableError where the table has faults without them.
    """
    folder = project / FOLDER
    reading = _reading(folder, _stamp(folder)).copy()
    places = dict(enumerate(_places(sections), start=1))
    read_sections(Document(DRAFT, sections, {place: line for line, place in places.items()}), reading)
    faults = reading.faults
    if not faults:
        try:
            checked_table(reading, folder)
        except RuleTableError as error:
            faults = list(error.faults)
    return reading, [(places.get(fault.line, ()), fault.message) for fault in faults if fault.file == DRAFT]


@lru_cache(maxsize=4)
def _reading(folder: Path, stamp: Stamp) -> Reading:
    reading = read_parts(folder)
    if reading.faults:
        raise RuleTableError(reading.faults)
    return reading


@lru_cache(maxsize=4)
def _table(folder: Path, stamp: Stamp) -> RuleTable:
    return checked_table(_reading(folder, stamp).copy(), folder)


def _stamp(folder: Path) -> Stamp:
    files = sorted(folder.glob("*.yml"))
    return tuple((file.name, stat.st_mtime_ns, stat.st_size) for file in files for stat in (file.stat(),))


def _places(data: Any, place: Place = ()) -> list[Place]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [place, *(found for key, value in pairs for found in _places(value, (*place, key)))]
