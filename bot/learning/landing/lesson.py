"""A lesson: one thing learned, as it stands on a line of data/learned/lessons.jsonl."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Iterable, Literal, Mapping, Optional, Sequence, cast, get_args

from bot.errors import WenhaoError
from bot.evaluation.json_lines import Line, read_json_lines
from bot.learning.drafts import Draft
from bot.learning.landing.errors import LessonsError

FILE = Path("data/learned/lessons.jsonl")
Kind = Literal["example", "golden", "intent"]
FIELDS = ("id", "batch", "language", "text", "intent", "who", "when", "why", "message")
FROM_TEXT = "text-"


@dataclass(frozen=True)
class Lesson:
    """An example to train on, a question to measure on ("golden"), or a new intent (`draft` as data, no text).

    `batch` is the landing that brought it, `when` an ISO time in UTC, `why` the reason of the one who landed it, and
    `message` the text it comes from ("text-123"), empty for an intent.
    """

    id: str
    batch: str
    kind: Kind
    language: str
    text: str
    intent: str
    who: str
    when: str
    why: str
    message: str
    draft: Optional[Mapping[str, Any]] = None

    @property
    def text_id(self) -> Optional[int]:
        """The id of the text it comes from."""
        number = self.message[len(FROM_TEXT) :]
        return int(number) if self.message.startswith(FROM_TEXT) and number.isdecimal() else None

    def to_data(self) -> dict[str, Any]:
        """Returns the lesson as plain data."""
        data = asdict(self)
        return data if self.draft is not None else {name: value for name, value in data.items() if name != "draft"}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Lesson:
        """Reads a lesson from data that this class has written."""
        return cls(**data)

    def topic(self) -> Draft:
        """Returns the new topic of a lesson that is an intent."""
        return Draft.from_data(self.draft or {})


def in_order(lessons: Iterable[Lesson]) -> list[Lesson]:
    """Returns lessons in the order in which they were learned."""
    return sorted(lessons, key=lambda lesson: lesson.id)


def to_lines(lessons: Sequence[Lesson]) -> str:
    """Returns lessons as lines of JSON."""
    return "".join(json.dumps(lesson.to_data(), ensure_ascii=False) + "\n" for lesson in in_order(lessons))


def read_lessons(project: Path) -> list[Lesson]:
    """Returns what a project has learned, in order; nothing where it has not learned yet.

    Raises LessonsError with file and line for what can't be read: the file is the truth about what was learned, and
    nothing is guessed.
    """
    file = project / FILE
    if not file.exists():
        return []
    try:
        lessons = [_lesson(line) for line in read_json_lines(file)]
    except WenhaoError as error:
        raise LessonsError(
            f"{error}. Nothing was changed, and the served model goes on; restore {FILE} from your backup or from git, "
            "or delete the line that is broken"
        ) from error
    ids: set[str] = set()
    for lesson in lessons:
        if lesson.id in ids:
            raise LessonsError(f"{file}: the lesson '{lesson.id}' is there twice: delete one of the two lines")
        ids.add(lesson.id)
    return in_order(lessons)


def _lesson(line: Line) -> Lesson:
    kind = line.text("kind")
    if kind not in get_args(Kind):
        raise line.error(f'"kind" is "{kind}": write one of {", ".join(get_args(Kind))}')
    draft = line.content.get("draft")
    if (kind == "intent") != isinstance(draft, dict):
        raise line.error('"draft" belongs to lessons of the kind "intent", and to each of them')
    empty = ("text", "language", "message") if kind == "intent" else ()
    texts = {name: line.text(name, "" if name in (*empty, "why") else None) for name in FIELDS}
    return Lesson(kind=cast(Kind, kind), draft=draft, **texts)
