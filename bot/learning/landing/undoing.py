"""Taking back what was done: decisions, landings, and undoing itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Callable, Collection, Mapping, Optional, Sequence

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.learning.database import ReviewDatabase
from bot.learning.deciding.ledger import DRAFT, LEARNED, LESSONS, TEXT, Ledger, Row, lock, new_batch, open_ledger
from bot.learning.deciding.taking_back import rows_of, take_back
from bot.learning.deciding.texts import UNDECIDED
from bot.learning.drafts import ASKING
from bot.learning.landing.errors import Block, LandingBlockedError
from bot.learning.landing.files import QUIETLY, Steps, only_writer
from bot.learning.landing.landing import Landing, change, faults_of, note_lessons, read_own
from bot.learning.landing.lesson import Lesson
from bot.learning.landing.rendering import render
from bot.learning.promoting.history import Event, read_history
from bot.learning.schema import ACTIONS, DRAFTS
from bot.learning.states import Deed
from bot.settings import Settings

RollBack = Callable[[Sequence[Lesson], str, str], bool]
"""Called with the lessons taken out, who and why, after the files changed; returns whether a model was rolled back."""


@dataclass(frozen=True)
class Undone:
    """What was taken back. `batch` is the undoing: undo that to have everything again. `texts` have their new versions.

    `model_has_them`: a promoted model has learned what was taken out, and was not rolled back: `wenhao rollback`, or
    train and promote anew. `rolled_back`: it was rolled back in the same call.
    """

    batch: str
    texts: Mapping[int, int]
    taken_out: tuple[Lesson, ...]
    put_back: tuple[Lesson, ...]
    model_has_them: bool = False
    rolled_back: bool = False


def undo(
    database: ReviewDatabase,
    settings: Settings,
    batch: str,
    who: str,
    why: str = "",
    roll_back: Optional[RollBack] = None,
    steps: Steps = QUIETLY,
) -> Undone:
    """Takes a batch back: a decision, a landing, or an undoing. Lessons of what was landed leave the files as well.

    Raises StaleDecisionError where something was decided later about the same texts (undo that first), DecisionError
    where there is no such batch or it was undone already, and what `land` raises.
    """
    with only_writer(settings.project):
        lessons = read_own(database, settings)
        with database.begin() as connection:
            rows = rows_of(connection, batch)
            gone, come = _lessons_of(connection, rows, lessons)
        if not (gone or come):
            with open_ledger(database, who) as ledger:
                ledger.undoes = batch
                take_back(ledger, rows_of(ledger.connection, batch))
            return Undone(ledger.batch, dict(ledger.versions), (), ())
        ledger = _change_lessons(database, settings, lessons, gone, come, who, _taking_back(batch, gone, come), steps)
    has = learned_by_served(settings, gone)
    rolled_back = bool(has and roll_back and roll_back(gone, who, why))
    return Undone(ledger.batch, dict(ledger.versions), tuple(gone), tuple(come), has and not rolled_back, rolled_back)


@dataclass(frozen=True)
class _Recording:
    """What is done to the database together with the files, and which batch it takes back."""

    record: Callable[[Ledger], None]
    undoes: Optional[str] = None


def _taking_back(batch: str, gone: Sequence[Lesson], come: Sequence[Lesson]) -> _Recording:
    def record(ledger: Ledger) -> None:
        take_back(ledger, rows_of(ledger.connection, batch))
        note_lessons(ledger, Deed.UNDO, gone, come)

    return _Recording(record, batch)


def _lessons_of(
    connection: Connection, rows: Sequence[Row], lessons: Sequence[Lesson]
) -> tuple[list[Lesson], list[Lesson]]:
    """Returns the lessons that leave when a batch is taken back, and those that come."""
    noted = [row for row in rows if row["what"] == LESSONS]
    brought = {each["id"] for row in noted for each in row["after"] or ()}
    # What was erased since has no words any more.
    told = [each for row in noted for each in row["before"] or ()]
    took = [Lesson.from_data(each) for each in told if each["text"] or each.get("draft")]
    deciding = [row for row in rows if row["what"] == TEXT and "state" in (row["after"] or {})]
    texts = lock(connection, TEXT, [int(row["which"]) for row in deciding])
    decided = {f"text-{which}" for which, text in texts.items() if text["state"] in LEARNED} if not noted else set()
    made = [int(row["which"]) for row in rows if row["what"] == DRAFT and row["before"] is None]
    names = connection.execute(select(DRAFTS.c.name).where(DRAFTS.c.id.in_(made))).scalars()
    topics = {ASKING + name for name in names}
    gone = [
        lesson
        for lesson in lessons
        if lesson.id in brought or lesson.message in decided or (lesson.kind == "intent" and lesson.intent in topics)
    ]
    there = {lesson.id for lesson in lessons}
    return gone, [lesson for lesson in took if lesson.id not in there]


def _change_lessons(
    database: ReviewDatabase,
    settings: Settings,
    lessons: Sequence[Lesson],
    gone: Sequence[Lesson],
    come: Sequence[Lesson],
    who: str,
    recording: _Recording,
    steps: Steps,
) -> Ledger:
    left = [lesson for lesson in lessons if lesson not in gone]
    blocks = _orphans(left, gone) or faults_of(settings, [*left, *come])
    if blocks:
        raise LandingBlockedError(blocks)
    files = render([*left, *come])
    return change(database, settings, new_batch(), who, files, recording.record, steps, recording.undoes)


def _orphans(left: Sequence[Lesson], gone: Sequence[Lesson]) -> list[Block]:
    """Returns the later landings that taught a topic which would be gone."""
    topics = {lesson.intent for lesson in gone if lesson.kind == "intent"}
    batches = sorted({(lesson.batch, lesson.intent) for lesson in left if lesson.intent in topics}, reverse=True)
    return [
        Block(f"{intent} would be gone, and the landing {batch} taught it more: undo that one first")
        for batch, intent in batches
    ]


def learned_by_served(settings: Settings, lessons: Sequence[Lesson]) -> bool:
    """Whether the model that serves learned one of these lessons, as far as the history of promotions tells."""
    records = [record for record in read_history(settings.models) if record.event is not Event.FAILED]
    served = set(records[-1].batches) if records else set()
    return any(lesson.batch in served for lesson in lessons)


def unlearn(
    database: ReviewDatabase,
    settings: Settings,
    text_ids: Collection[int],
    who: str,
    why: str = "",
    steps: Steps = QUIETLY,
) -> Landing:
    """Lands without the lessons of some texts: what erasing a person needs. Nothing of their words stays in any file,
    and none in the database's record of what was done to these texts. This can't be undone.

    Raises what `land` raises.
    """
    wanted = {f"text-{which}" for which in text_ids}
    with only_writer(settings.project):
        lessons = read_own(database, settings)
        gone = [lesson for lesson in lessons if lesson.message in wanted]
        recording = _Recording(lambda ledger: _forget(ledger, sorted(text_ids), wanted))
        if not gone:
            with open_ledger(database, who) as ledger:
                recording.record(ledger)
            return Landing("", (), (), (), (), ())
        ledger = _change_lessons(database, settings, lessons, gone, (), who, recording, steps)
    return Landing(ledger.batch, tuple(replace(lesson, text="") for lesson in gone), (), (), (), ())


def _forget(ledger: Ledger, text_ids: Sequence[int], messages: Collection[str]) -> None:
    """Takes the words of texts out of the record of what was done, and makes them undecided."""
    connection = ledger.connection
    rows = [row for row in lock(connection, TEXT, text_ids).values() if row["state"] in LEARNED]
    if rows:
        ledger.change(Deed.ERASE, TEXT, rows, UNDECIDED)
    chosen = select(ACTIONS).where(
        (ACTIONS.c.what == LESSONS) | ((ACTIONS.c.what == TEXT) & ACTIONS.c.which.in_([str(each) for each in text_ids]))
    )
    for row in connection.execute(chosen).mappings().all():
        kept = {side: _without_words(row["what"], row[side], messages) for side in ("before", "after")}
        if any(kept[side] != row[side] for side in kept):
            connection.execute(ACTIONS.update().where(ACTIONS.c.id == row["id"]).values(**kept))


def _without_words(what: str, content: Any, messages: Collection[str]) -> Any:
    if what == LESSONS:
        return [{**each, "text": ""} if each["message"] in messages else each for each in content or ()]
    if isinstance(content, dict) and {"text", "key", "written"} & content.keys():
        return {**content, "text": "", "key": "", "written": []}
    return content
