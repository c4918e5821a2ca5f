"""From decisions to the project's files, all in one transaction, and what would land."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable, Collection, Mapping, Optional, Sequence

from actions.rule_table.errors import RuleTableError
from bot.learning.database import ReviewDatabase
from bot.learning.deciding.errors import StaleDecisionError
from bot.learning.deciding.ledger import DRAFT, LESSONS, TEXT, Ledger, Row, lock_seen, new_batch, new_ledger, writing
from bot.learning.landing.errors import Block, LandingBlockedError
from bot.learning.landing.files import QUIETLY, Steps, carry_out, only_writer, require_own, write_journal
from bot.learning.landing.lesson import Lesson, read_lessons
from bot.learning.landing.planning import Known, Plan, make_plan
from bot.learning.landing.recovering import make_mark, recover_alone, touch_mark
from bot.learning.landing.rendering import Content, render
from bot.learning.landing.sound import faults_with
from bot.learning.states import Deed, State
from bot.settings import Settings

# Somebody decides while a landing is being checked: so often it begins anew.
TRIES = 3


@dataclass(frozen=True)
class Landing:
    """What landed, or would land. `batch` is empty for what only would.

    `blocks` are the reasons why nothing can land (of a landing that was done, none), `warnings` what should be looked
    at. `topics` are the new topics.
    """

    batch: str
    lessons: tuple[Lesson, ...]
    known: tuple[Known, ...]
    topics: tuple[str, ...]
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...]

    @property
    def examples(self) -> int:
        """How many lessons are to train on."""
        return sum(lesson.kind == "example" for lesson in self.lessons)

    @property
    def golden(self) -> int:
        """How many lessons are to measure on."""
        return sum(lesson.kind == "golden" for lesson in self.lessons)


def plan(database: ReviewDatabase, settings: Settings, intents: Optional[Collection[str]] = None) -> Landing:
    """Returns what `land` would do now, without doing it: `blocks` says what is in its way. Takes some seconds.

    Raises LessonsError, FilesChangedError, LandingBusyError.
    """
    with only_writer(settings.project):
        lessons = read_own(database, settings)
        planned = _checked(database, settings, lessons, new_batch(), "", "", intents)
    return _told(planned, "")


def land(
    database: ReviewDatabase,
    settings: Settings,
    who: str,
    why: str = "",
    intents: Optional[Collection[str]] = None,
    steps: Steps = QUIETLY,
) -> Landing:
    """Lands every text that was accepted and not yet landed, with the drafts of its intents; only `intents`, if given.

    Files and database change together or not at all, also where the process is killed. Takes some seconds. A landing of
    nothing has no lessons and an empty batch, and changes nothing.

    Raises LandingBlockedError, FilesChangedError, LessonsError, LandingBusyError, ReviewDatabaseError; and
    StaleDecisionError where people decide faster than the landing is checked.
    """
    with only_writer(settings.project):
        lessons = read_own(database, settings)
        for attempt in range(1, TRIES + 1):
            try:
                return _land(database, settings, lessons, (who, why, intents), steps)
            except StaleDecisionError:
                if attempt == TRIES:
                    raise
    raise AssertionError("unreachable")


def _land(
    database: ReviewDatabase,
    settings: Settings,
    lessons: Sequence[Lesson],
    wanted: tuple[str, str, Optional[Collection[str]]],
    steps: Steps,
) -> Landing:
    who, why, intents = wanted
    batch = new_batch()
    planned = _checked(database, settings, lessons, batch, who, why, intents)
    if planned.blocks:
        raise LandingBlockedError(planned.blocks)
    if not planned.texts:
        return _told(planned, "")
    files = render([*lessons, *planned.lessons])
    change(database, settings, batch, who, files, lambda ledger: _record(ledger, planned), steps)
    return _told(planned, batch)


def read_own(database: ReviewDatabase, settings: Settings) -> list[Lesson]:
    """Returns the lessons of a project whose learned files are as they should be."""
    recover_alone(settings, database)
    lessons = read_lessons(settings.project)
    require_own(settings.project, lessons)
    return lessons


def _checked(
    database: ReviewDatabase,
    settings: Settings,
    lessons: Sequence[Lesson],
    batch: str,
    who: str,
    why: str,
    intents: Optional[Collection[str]],
) -> Plan:
    try:
        planned = make_plan(database, settings, lessons, batch, who, why, intents)
    except RuleTableError as error:
        raise LandingBlockedError([Block(str(fault)) for fault in error.faults]) from error
    if planned.lessons and not planned.blocks:
        planned.blocks += faults_of(settings, [*lessons, *planned.lessons])
    return planned


def faults_of(settings: Settings, lessons: Sequence[Lesson]) -> list[Block]:
    """Returns what would keep the project from being trained and from answering, had it learned these lessons."""
    return [Block(fault) for fault in faults_with(settings.project, render(lessons))]


def change(
    database: ReviewDatabase,
    settings: Settings,
    batch: str,
    who: str,
    files: Mapping[Path, Content],
    record: Callable[[Ledger], None],
    steps: Steps,
    undoes: Optional[str] = None,
) -> Ledger:
    """Changes the learned files and the review database together. Only for who is the only writer.

    `record` changes the database within the transaction that decides: where it raises, nothing has happened.
    """
    project = settings.project
    make_mark(database)
    steps.reached("begin")
    write_journal(project, batch, files, steps)
    steps.reached("journal whole")
    try:
        with writing(database) as connection:
            touch_mark(connection, batch)
            ledger = replace(new_ledger(connection, who, undoes), batch=batch)
            record(ledger)
            ledger.append()
            steps.reached("recorded")
    except Exception:
        # Where it is not sure whether the database has committed, the journal stays: recovering asks.
        recover_alone(settings, database)
        raise
    steps.reached("committed")
    carry_out(project, steps)
    steps.reached("end")
    return ledger


def _record(ledger: Ledger, planned: Plan) -> None:
    """Marks what landed. Raises StaleDecisionError where somebody decided in between."""
    rows = lock_seen(ledger.connection, TEXT, {row["id"]: row["version"] for row in planned.texts})
    by_use: dict[Optional[str], list[Row]] = defaultdict(list)
    for row in rows:
        by_use[planned.uses.get(row["id"])].append(row)
    for use, some in by_use.items():
        # What was known already is learned from, wherever it stands.
        values = {"state": State.LANDED.value, "use": use or "train"}
        ledger.change(Deed.LAND, TEXT, some, values)
    if planned.drafts:
        drafts = lock_seen(ledger.connection, DRAFT, {each.id: each.version for each in planned.drafts})
        ledger.change(Deed.LAND, DRAFT, drafts, {"state": "landed"})
    note_lessons(ledger, Deed.LAND, [], planned.lessons)


def note_lessons(ledger: Ledger, kind: Deed, gone: Sequence[Lesson], come: Sequence[Lesson]) -> None:
    """Notes which lessons left the project's files, and which came."""
    if gone or come:
        before, after = ([lesson.to_data() for lesson in some] for some in (gone, come))
        ledger.note(kind, LESSONS, ledger.batch, before, after)


def _told(planned: Plan, batch: str) -> Landing:
    return Landing(
        batch=batch,
        lessons=tuple(planned.lessons),
        known=tuple(planned.known),
        topics=tuple(each.draft.name for each in planned.drafts),
        blocks=tuple(planned.blocks),
        warnings=tuple(planned.warnings),
    )
