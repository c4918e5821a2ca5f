"""Where a lesson comes from: message, person, reason, model; and which lessons a text has become."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional

from sqlalchemy import select

from bot.evaluation.training_data.questions import key_of
from bot.learning.database import ReviewDatabase
from bot.learning.deciding.history import history_of
from bot.learning.deciding.teachable import NotTeachableError, teachable
from bot.learning.landing.errors import LandingError
from bot.learning.landing.lesson import FROM_TEXT, Lesson, read_lessons
from bot.learning.landing.rendering import GOLDEN, NLU
from bot.learning.promoting.history import read_history
from bot.learning.schema import MESSAGES, TEXTS
from bot.settings import Settings


@dataclass(frozen=True)
class Provenance:
    """Everything known of a text or lesson.

    `text` is the row of review_texts, `messages` those of review_messages, oldest first (none where they were deleted
    by now), `actions` what was done to it, `place` where the lesson stands, such as "data/nlu/learned.yml:9".
    `model` is the first model that learned it, as far as promotions are recorded.
    """

    lesson: Optional[Lesson]
    text: Optional[Mapping[str, Any]]
    messages: tuple[Mapping[str, Any], ...]
    actions: tuple[Mapping[str, Any], ...]
    place: str
    model: str


def provenance(database: ReviewDatabase, settings: Settings, which: str) -> Provenance:
    """Returns where something comes from: by a lesson's id, a text's id ("123" or "text-123"), or its words.

    Raises LandingError where nothing is known by that name, LessonsError.
    """
    lessons = read_lessons(settings.project)
    lesson = next((each for each in lessons if each.id == which), None) or _by_words(lessons, which)
    text_id = lesson.text_id if lesson else _number(which)
    text = _text(database, text_id, which)
    if text is not None and lesson is None:
        lesson = next((each for each in lessons if each.message == f"{FROM_TEXT}{text['id']}"), None)
    if lesson is None and text is None:
        raise LandingError(f"nothing is known of '{which}': name a text (123), a lesson, or the words of an example")
    return Provenance(
        lesson=lesson,
        text=text,
        messages=_messages(database, text["id"]) if text else (),
        actions=tuple(history_of(database, text["id"])) if text else (),
        place=_place(settings, lesson) if lesson else "",
        model=_model(settings, lesson) if lesson else "",
    )


def _number(which: str) -> Optional[int]:
    number = which[len(FROM_TEXT) :] if which.startswith(FROM_TEXT) else which
    return int(number) if number.isdecimal() and len(number) < 18 else None


def _by_words(lessons: list[Lesson], words: str) -> Optional[Lesson]:
    key = key_of(words)
    return next((each for each in lessons if each.kind != "intent" and key_of(each.text) == key), None)


def _text(database: ReviewDatabase, text_id: Optional[int], words: str) -> Optional[Mapping[str, Any]]:
    chosen = select(TEXTS).where(TEXTS.c.id == text_id if text_id is not None else TEXTS.c.key == key_of(words))
    with database.begin() as connection:
        row = connection.execute(chosen.order_by(TEXTS.c.id)).mappings().first()
        return None if row is None else dict(row)


def _messages(database: ReviewDatabase, text_id: int) -> tuple[Mapping[str, Any], ...]:
    chosen = select(MESSAGES).where(MESSAGES.c.text_id == text_id).order_by(MESSAGES.c.at, MESSAGES.c.id)
    with database.begin() as connection:
        return tuple(dict(row) for row in connection.execute(chosen).mappings())


def _place(settings: Settings, lesson: Lesson) -> str:
    file = GOLDEN if lesson.kind == "golden" else NLU
    try:
        wanted = f"- intent: {lesson.intent}" if lesson.kind == "intent" else teachable(lesson.text)
        lines = (settings.project / file).read_text(encoding="utf-8").split("\n")
    except (OSError, NotTeachableError):
        return ""
    ends = (f"- {wanted}", wanted)
    found = (
        number
        for number, line in enumerate(lines, start=1)
        if line.strip() in ends or (lesson.kind == "golden" and f'"text": "{wanted}"' in line)
    )
    number = next(found, None)
    return f"{file.as_posix()}:{number}" if number else ""


def _model(settings: Settings, lesson: Lesson) -> str:
    records = read_history(settings.models)
    return next((record.model for record in records if lesson.batch in record.batches), "")
