"""Labels that an outside tool gave, taken in as decisions: all of a file at once, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from sqlalchemy import select

from bot.errors import WenhaoError
from bot.evaluation.json_lines import Line, numbered_lines, parse_line
from bot.evaluation.training_data.questions import key_of
from bot.learning.database import ReviewDatabase
from bot.learning.deciding.decided import Decided
from bot.learning.deciding.errors import DecisionError
from bot.learning.deciding.ledger import lock_undecided, open_ledger
from bot.learning.deciding.names import intents
from bot.learning.deciding.teachable import NotTeachableError, teachable
from bot.learning.deciding.texts import OPEN, accept
from bot.learning.schema import TEXTS
from bot.settings import Settings

SHAPE = '{"id": 12, "label": "ask_menu"} or {"text": "...", "language": "en", "label": "ask_menu"}'


@dataclass(frozen=True)
class Label:
    """A label that a line gives to a text."""

    place: str
    text_id: int
    version: int
    intent: str


@dataclass(frozen=True)
class Labels:
    """What a file holds: labels, how many lines have none yet, and what is wrong, a line of words for each bad line."""

    labels: Sequence[Label]
    without: int
    bad: Sequence[str]


def read_labels(database: ReviewDatabase, settings: Settings, files: Sequence[Path]) -> Labels:
    """Reads files and looks at each line: a JSON object, a text that waits, an intent that there is, no label twice.

    Raises WenhaoError where a file can't be read, ReviewDatabaseError.
    """
    known = set(intents(database, settings))
    by_id, by_key = _texts(database)
    labels: dict[int, Label] = {}
    without, bad = 0, []
    for file, number, line in ((each, *line) for each in files for line in numbered_lines(each)):
        try:
            found = parse_line(file, number, line)
            intent = _intent(found)
            if not intent:
                without += 1
                continue
            row = _row(found, by_id, by_key)
            _check(found, row, intent, known, labels.get(row["id"]))
            labels[row["id"]] = Label(found.place, row["id"], row["version"], intent)
        except WenhaoError as error:
            bad.append(str(error))
    return Labels(list(labels.values()), without, bad)


def import_labels(database: ReviewDatabase, labels: Sequence[Label], who: str) -> Decided:
    """Takes labels as decisions of one batch, which is undone as a whole.

    Raises StaleDecisionError where somebody decided about one since it was read; DecisionError.
    """
    if not labels:
        raise DecisionError(f"no line has a label: write one a line, such as {SHAPE}")
    by_intent: dict[str, dict[int, int]] = {}
    for label in labels:
        by_intent.setdefault(label.intent, {})[label.text_id] = label.version
    with open_ledger(database, who) as ledger:
        for intent, seen in sorted(by_intent.items()):
            accept(ledger, lock_undecided(ledger.connection, seen), intent)
    return ledger.decided()


def _texts(database: ReviewDatabase) -> tuple[Mapping[int, Any], Mapping[tuple[str, str], Any]]:
    wanted = select(TEXTS.c.id, TEXTS.c.language, TEXTS.c.key, TEXTS.c.text, TEXTS.c.state, TEXTS.c.version)
    with database.begin() as connection:
        rows = [row._mapping for row in connection.execute(wanted)]
    return {row["id"]: row for row in rows}, {(row["language"], row["key"]): row for row in rows}


def _intent(line: Line) -> str:
    """Returns the label; tools write it as a text, or as a list of one."""
    given = line.content.get("label")
    if isinstance(given, (list, tuple)) and len(given) <= 1:
        given = given[0] if given else ""
    if given is None:
        return ""
    if not isinstance(given, str):
        raise line.error(f'"label" must be one intent: write {SHAPE}')
    return given.strip()


def _row(line: Line, by_id: Mapping[int, Any], by_key: Mapping[tuple[str, str], Any]) -> Mapping[str, Any]:
    if "id" in line.content:
        return _found(line, by_id.get(_id(line)), f"there is no text {line.content['id']!r}")
    if "text" not in line.content:
        raise line.error(f"names no text: write {SHAPE}")
    language = line.text("language")
    return _found(line, by_key.get((language, key_of(line.text("text")))), f"nobody asked this text in '{language}'")


def _id(line: Line) -> int:
    given = line.content["id"]
    # Some tools make texts of numbers.
    if isinstance(given, bool) or not str(given).strip().isdecimal():
        raise line.error('"id" must be the number of a text, as it was exported')
    return int(str(given))


def _found(line: Line, row: Optional[Mapping[str, Any]], missing: str) -> Mapping[str, Any]:
    if row is None:
        raise line.error(f"{missing} here: export the queue again, or leave the line out")
    return row


def _check(line: Line, row: Mapping[str, Any], intent: str, known: set[str], earlier: Optional[Label]) -> None:
    if intent not in known:
        raise line.error(f"there is no intent {intent!r}: choose one of the domain, or draft a new one first")
    if row["state"] not in OPEN:
        raise line.error(f"text {row['id']} is {row['state']} already: leave the line out, or reopen the text first")
    if earlier and earlier.intent != intent:
        raise line.error(f"text {row['id']} has the label {earlier.intent!r} in {earlier.place}: keep one of the two")
    try:
        teachable(row["text"])
    except NotTeachableError as error:
        raise line.error(f"text {row['id']} {error}: ignore it, or redact it") from error
