"""The check before training: everything that is wrong or doubtful, each with its place, blocking or a warning."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Mapping, Sequence

from sqlalchemy import select

from actions.rule_table.errors import RuleTableError
from bot.evaluation.training_data.advice import ASKING, LANGUAGES, count
from bot.evaluation.training_data.asked_in_tests import asked_in
from bot.evaluation.training_data.conflicts import repeated
from bot.evaluation.training_data.near_copies import near_to
from bot.evaluation.training_data.problems import Kind, quoted
from bot.evaluation.training_data.questions import Example, key_of
from bot.evaluation.training_data.soundness import TrainingData, check
from bot.learning.checking.doubts import doubts
from bot.learning.database import ReviewDatabase
from bot.learning.deciding.ledger import new_batch
from bot.learning.landing.files import only_writer
from bot.learning.landing.landing import read_own
from bot.learning.landing.lesson import Lesson
from bot.learning.landing.planning import FEWEST_EXAMPLES, FEWEST_PEOPLE, make_plan
from bot.learning.landing.rendering import GOLDEN, NLU, render
from bot.learning.landing.sound import copy_with
from bot.learning.schema import MESSAGES
from bot.nlu.text import language_of
from bot.settings import Settings

# An intent is drowned by one that has more than so many times its questions.
MOST_TIMES = 10

# What one person asked is a topic's only half: how much of it may be theirs, and from how many texts on that counts.
MOST_OF_ONE = 0.5
ENOUGH_TO_SHARE = 4


@dataclass(frozen=True)
class Note:
    """Something wrong or doubtful: of which kind, where it stands (file:line, or "text 12"), and what to do."""

    kind: str
    place: str
    message: str
    blocks: bool = False


@dataclass(frozen=True)
class _Text:
    """A text by its key, under an intent, where it stands, and whether it measures or is learned from."""

    key: str
    intent: str
    place: str
    measures: bool


@dataclass(frozen=True)
class Check:
    """What was found, the blocking first."""

    notes: tuple[Note, ...]

    @property
    def blocks(self) -> bool:
        """Whether nothing should be trained before it is mended."""
        return any(note.blocks for note in self.notes)


def check_lessons(database: ReviewDatabase, settings: Settings, planned: bool = True) -> Check:
    """Checks the training data as they are, or (`planned`) as they would be after a landing now. Takes some seconds.

    Raises LessonsError, FilesChangedError, LandingBusyError.
    """
    notes: list[Note] = []
    with only_writer(settings.project):
        lessons = read_own(database, settings)
        if planned:
            try:
                plan = make_plan(database, settings, lessons, new_batch(), "", "")
            except RuleTableError as error:
                return Check(tuple(Note("rule table", str(fault), "mend it", True) for fault in error.faults))
            notes += [Note("landing", _place(each.text, each.draft), each.message, True) for each in plan.blocks]
            # What can't land has no files to look at.
            lessons = [*lessons, *(() if plan.blocks else plan.lessons)]
        with copy_with(settings.project, render(lessons)) as copy:
            data = check(copy)
            asked = {key: data.findings.place(*place) for key, place in asked_in(copy).items()}
    for problem in data.findings.blocking:
        notes.append(Note(problem.kind.title, f"{problem.file.as_posix()}:{problem.line}", problem.message, True))
    people = _people(database, lessons)
    notes += [*_copies(data), *_near(data, lessons, asked), *_few(data, lessons, people)]
    notes += [*_balance(data, lessons), *_languages(data, lessons), *_doubts(data)]
    return Check(tuple(sorted(dict.fromkeys(notes), key=lambda note: not note.blocks)))


def _place(text: object, draft: object) -> str:
    return f"text {text}" if text is not None else f"draft {draft}" if draft is not None else ""


def _people(database: ReviewDatabase, lessons: Sequence[Lesson]) -> Mapping[int, set[str]]:
    """Returns who asked each text that became a lesson, as far as their messages are still kept."""
    texts = {lesson.text_id for lesson in lessons}
    people: dict[int, set[str]] = defaultdict(set)
    with database.begin() as connection:
        for row in connection.execute(select(MESSAGES.c.text_id, MESSAGES.c.person).distinct()):
            if row.text_id in texts:
                people[row.text_id].add(row.person)
    return people


def _learned(data: TrainingData) -> list[Example]:
    return [question for question in data.questions if data.findings.named(question.file) == NLU]


def _at(data: TrainingData, question: Example) -> str:
    return data.findings.place(question.file, question.line)


def _copies(data: TrainingData) -> Iterator[Note]:
    for same in repeated(data.questions):
        ours = [question for question in same if data.findings.named(question.file) == NLU]
        if ours and len({question.intent for question in same}) == 1:
            other = next(question for question in same if question is not ours[-1])
            message = f"{quoted(ours[-1].text)} is there already, in {_at(data, other)}: undo the one that was learned"
            yield Note(Kind.COPY.title, _at(data, ours[-1]), message)


def _near(data: TrainingData, lessons: Sequence[Lesson], asked: Mapping[str, str]) -> Iterator[Note]:
    """Yields near copies of what was learned: among what measures, and under other intents."""
    ours = [_Text(each.key, each.intent, _at(data, each), False) for each in _learned(data)]
    golden = {key_of(each.text): each.intent for each in lessons if each.kind == "golden"}
    ours += [_Text(key, intent, asked.get(key, GOLDEN.as_posix()), True) for key, intent in golden.items()]
    others = [_Text(each.key, each.intent, _at(data, each), False) for each in data.questions]
    others += [_Text(key, golden.get(key, ""), place, True) for key, place in asked.items()]
    for near in near_to([each.key for each in ours], [each.key for each in others]) if ours else ():
        text, other = ours[near.second], others[near.first]
        like = f"{quoted(text.key)} ({text.intent}) is {near.alike:.0%} like {quoted(other.key)}"
        if text.measures != other.measures:
            # Of two that were learned the one to learn from speaks.
            if not (text.measures and other.place.startswith(f"{NLU.as_posix()}:")):
                told = f"{like} in {other.place}: the one is learned, the other measured; undo one of them"
                yield Note("near copies of what measures", text.place, f"{told}, or measure less by it")
        elif not text.measures and text.intent != other.intent and text.key != other.key:
            told = f"{like} ({other.intent}) in {other.place}: put both under one intent"
            yield Note(Kind.NEAR_CONFLICT.title, text.place, told)


def _few(data: TrainingData, lessons: Sequence[Lesson], people: Mapping[int, set[str]]) -> Iterator[Note]:
    counts = Counter(question.intent for question in data.questions)
    texts: dict[str, list[int]] = defaultdict(list)
    for lesson in lessons:
        if lesson.text_id is not None:
            texts[lesson.intent].append(lesson.text_id)
    new = {lesson.intent for lesson in lessons if lesson.kind == "intent"}
    for intent in sorted({*new, *texts}):
        if counts[intent] < FEWEST_EXAMPLES:
            message = f"{intent} has {counts[intent]} questions: accept {FEWEST_EXAMPLES} or more"
            yield Note("few questions", NLU.as_posix(), message)
        # Of whom the messages were deleted nobody can be counted.
        counted = [people[text] for text in texts[intent] if people.get(text)]
        asking: dict[str, float] = defaultdict(float)
        for each in counted:
            for person in each:
                asking[person] += 1 / len(each)
        if intent in new and counted and len(asking) < FEWEST_PEOPLE:
            message = f"{intent} was asked by {len(asking)} people: wait for {FEWEST_PEOPLE} or more, or be sure of it"
            yield Note("few people", NLU.as_posix(), message)
        elif len(counted) >= ENOUGH_TO_SHARE and max(asking.values()) > MOST_OF_ONE * len(counted):
            share = max(asking.values()) / len(counted)
            message = f"of {len(counted)} texts learned for {intent}, {share:.0%} are one person's"
            yield Note("one person's words", NLU.as_posix(), f"{message}: accept what others asked too")


def _balance(data: TrainingData, lessons: Sequence[Lesson]) -> Iterator[Note]:
    topics = Counter(question.intent for question in data.questions if question.intent.startswith(ASKING))
    if not topics:
        return
    largest, most = topics.most_common(1)[0]
    for intent in sorted({lesson.intent for lesson in lessons if lesson.kind != "golden"} & topics.keys()):
        if topics[intent] * MOST_TIMES < most:
            message = f"{intent} has {topics[intent]} questions and {largest} {most}, over {MOST_TIMES} times more"
            yield Note("out of balance", NLU.as_posix(), f"{message}: look at how it does when models are compared")


def _languages(data: TrainingData, lessons: Sequence[Lesson]) -> Iterator[Note]:
    counts = count(data.questions)
    for intent in sorted({lesson.intent for lesson in lessons if lesson.intent.startswith(ASKING)}):
        for language, name in LANGUAGES.items():
            number = counts.get(intent, {}).get(language, 0)
            if number <= 1:
                message = f"{intent} has {number} questions in {name}: accept some, or import them"
                yield Note("one language only", NLU.as_posix(), message)
    for lesson in lessons:
        if lesson.text and language_of(lesson.text, lesson.language) != lesson.language:
            said = f"{quoted(lesson.text)} was noted as {LANGUAGES.get(lesson.language, lesson.language)}, and is not"
            yield Note("another language", f"lesson {lesson.id}", f"{said}: see that it is meant so")


def _doubts(data: TrainingData) -> Iterator[Note]:
    for question, likelier in doubts(data.questions, _learned(data)):
        message = f"{quoted(question.text)} ({question.intent}) reads rather like {' or '.join(likelier)}: see if it is"
        yield Note("doubtful labels", _at(data, question), message)
