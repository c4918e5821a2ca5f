"""What would land: the accepted texts and their drafts as lessons, what is known already, and what is in the way."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any, Collection, Iterator, Mapping, Optional, Sequence

from sqlalchemy import select
from sqlalchemy.engine import Connection

from actions.rule_table.table import RuleTable
from bot.evaluation.training_data.questions import key_of
from bot.learning.database import ReviewDatabase
from bot.learning.deciding.draft_checks import check_draft
from bot.learning.deciding.draft_table import table_of
from bot.learning.deciding.drafting import OPEN, StoredDraft, stored
from bot.learning.deciding.ledger import Row
from bot.learning.deciding.names import domain_intents, names_taken
from bot.learning.deciding.teachable import NotTeachableError, teachable
from bot.learning.draft_parts import parts_of
from bot.learning.drafts import ASKING
from bot.learning.landing.dividing import TRAIN, Text, divide
from bot.learning.landing.errors import Block
from bot.learning.landing.known import Standing, standing
from bot.learning.landing.lesson import FROM_TEXT, Lesson
from bot.learning.landing.rendering import OUT_OF_SCOPE
from bot.learning.schema import DRAFTS, MESSAGES, TEXTS
from bot.learning.states import State
from bot.settings import Settings

FEWEST_EXAMPLES = 8
FEWEST_PEOPLE = 3
LANGUAGES = {"en": "English", "zh": "Chinese"}

# The wish to be advised leads to a dialogue: there is no answer to measure.
NOT_MEASURED = "consultation"


@dataclass(frozen=True)
class Known:
    """A text that needs no lesson: it stands in the training data under its intent already, at `place`."""

    text_id: int
    text: str
    intent: str
    place: str


@dataclass
class Plan:
    """What would land. `uses` says of each text that becomes a lesson what for; `people` counts them by intent."""

    texts: list[Row]
    drafts: list[StoredDraft]
    lessons: list[Lesson] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    uses: dict[int, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Sight:
    """What the review database had when it was looked at."""

    texts: list[Row]
    drafts: list[StoredDraft]
    taken: Mapping[str, str]
    people: Mapping[int, Collection[str]]


def make_plan(
    database: ReviewDatabase,
    settings: Settings,
    lessons: Sequence[Lesson],
    batch: str,
    who: str,
    why: str,
    intents: Optional[Collection[str]] = None,
) -> Plan:
    """Returns what would land as a batch. Raises RuleTableError where the table has faults of its own."""
    with database.begin() as connection:
        sight = _look(connection, intents)
    plan = Plan(sight.texts, sight.drafts)
    _note_faults(plan, settings, sight.taken)
    there = standing(settings.project, lessons, [each.draft for each in plan.drafts])
    fresh = _fresh(plan, there)
    table = table_of(settings.project)
    divided = [_to_divide(row, table, plan.drafts) for row in fresh]
    golden = there.golden_keys()
    plan.uses.update(divide(divided, list(there.learned), golden))
    plan.lessons.extend(_lessons(plan, fresh, batch, who, why))
    plan.warnings.extend(_warnings(plan, sight.people))
    return plan


def _look(connection: Connection, intents: Optional[Collection[str]]) -> _Sight:
    chosen = select(TEXTS).where(TEXTS.c.state == State.LABELLED.value).order_by(TEXTS.c.id)
    rows = [row for row in connection.execute(chosen).mappings() if intents is None or row["intent"] in intents]
    wanted = {row["intent"] for row in rows}
    found = connection.execute(select(DRAFTS).where(DRAFTS.c.state == OPEN).order_by(DRAFTS.c.name)).mappings()
    drafts = [draft for draft in map(stored, found) if draft.draft.intent in wanted]
    asked = select(MESSAGES.c.text_id, MESSAGES.c.person).join(TEXTS).where(TEXTS.c.state == State.LABELLED.value)
    people: dict[int, set[str]] = defaultdict(set)
    for row in connection.execute(asked.distinct()):
        people[row.text_id].add(row.person)
    return _Sight(rows, drafts, names_taken(connection), people)


def _note_faults(plan: Plan, settings: Settings, taken: Mapping[str, str]) -> None:
    known = {*domain_intents(settings), *(each.draft.intent for each in plan.drafts)}
    for row in plan.texts:
        if row["intent"] not in known:
            what = f"text {row['id']} is accepted into '{row['intent']}', which is no intent any more: decide anew"
            plan.blocks.append(Block(what, text=row["id"]))
    parts: dict[str, Any] = {}
    for each in plan.drafts:
        others = {name: by for name, by in taken.items() if name != each.draft.name}
        for fault in check_draft(settings, each.draft, others):
            what = f"the draft '{each.draft.name}': {fault.field} {fault.message}"
            plan.blocks.append(Block(what, draft=each.id, field=fault.field))
        for what in _clashing(parts, parts_of(each.draft)):
            plan.blocks.append(Block(f"the draft '{each.draft.name}': {what}", draft=each.id))


def _clashing(parts: dict[str, Any], more: Mapping[str, Any]) -> Iterator[str]:
    """Yields what two drafts of one landing both bring, and in different words."""
    for section, of in (("areas", "group of topics"), ("sources", "source")):
        for name, content in more.get(section, {}).items():
            if parts.setdefault(f"{section} {name}", content) != content:
                yield f"another draft has the {of} '{name}' in other words: make them the same, or choose another id"
    for row in more.get("rows", []):
        if "id" in row and parts.setdefault(f"rows {row['id']}", row) is not row:
            yield f"another draft has the row '{row['id']}' too: choose another id"


def _fresh(plan: Plan, there: Standing) -> list[Row]:
    """Returns the texts to make lessons of; notes those that are known, and those that contradict."""
    fresh: dict[str, Row] = {}
    for row in plan.texts:
        try:
            key, intent = key_of(teachable(row["text"])), row["intent"]
        except NotTeachableError as error:
            plan.blocks.append(Block(f"text {row['id']} {error}: ignore it, or redact it", text=row["id"]))
            continue
        before = there.learned.get(key)
        if before is not None and before.intent != intent:
            what = f"stands in {before.place} under {before.intent}"
            plan.blocks.append(_contradicts(row, what))
        elif before is not None or key in there.asked:
            place = before.place if before else there.asked[key]
            plan.known.append(Known(row["id"], row["text"], intent, place))
        elif key in fresh and fresh[key]["intent"] != intent:
            plan.blocks.append(_contradicts(row, f"is text {fresh[key]['id']} under {fresh[key]['intent']}"))
        elif key in fresh:
            plan.known.append(Known(row["id"], row["text"], intent, f"text {fresh[key]['id']}, which lands too"))
        else:
            fresh[key] = row
    return list(fresh.values())


def _contradicts(row: Row, what: str) -> Block:
    shown = row["text"] if len(row["text"]) <= 60 else f"{row['text'][:60]}..."
    message = f"text {row['id']} '{shown}' is accepted into {row['intent']}, and {what}: decide for one of the two"
    return Block(message, text=row["id"])


def _to_divide(row: Row, table: RuleTable, drafts: Sequence[StoredDraft]) -> Text:
    intent = row["intent"]
    topic = table.topics.get(intent[len(ASKING) :]) if intent.startswith(ASKING) else None
    new = intent in {each.draft.intent for each in drafts}
    answered = topic is not None and not (topic.gathers or topic.compares or topic.id == NOT_MEASURED)
    measures = new or answered or intent == OUT_OF_SCOPE
    return Text(row["id"], key_of(teachable(row["text"])), row["language"], intent, row["use"], measures, new)


def _lessons(plan: Plan, fresh: Sequence[Row], batch: str, who: str, why: str) -> Iterator[Lesson]:
    when = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    number = 0
    for each in plan.drafts:
        number += 1
        yield Lesson(
            id=f"{batch}-{number:05d}",
            batch=batch,
            kind="intent",
            language="",
            text="",
            intent=each.draft.intent,
            who=who,
            when=when,
            why=why,
            message="",
            draft=each.draft.to_data(),
        )
    for row in sorted(fresh, key=lambda row: (row["intent"], row["language"], row["id"])):
        number += 1
        yield Lesson(
            id=f"{batch}-{number:05d}",
            batch=batch,
            kind="example" if plan.uses[row["id"]] == TRAIN else "golden",
            language=row["language"],
            text=teachable(row["text"]),
            intent=row["intent"],
            who=who,
            when=when,
            why=why,
            message=f"{FROM_TEXT}{row['id']}",
        )


def _warnings(plan: Plan, people: Mapping[int, Collection[str]]) -> Iterator[str]:
    for each in plan.drafts:
        intent = each.draft.intent
        own = [row for row in plan.texts if row["intent"] == intent]
        if len(own) < FEWEST_EXAMPLES:
            yield f"{intent} has {len(own)} texts: it learns better from {FEWEST_EXAMPLES} or more"
        asked = {person for row in own for person in people.get(row["id"], ())}
        number = max([len(asked), *(row["people"] for row in own)])
        if number < FEWEST_PEOPLE:
            yield f"{intent} was asked by {number} people: what {FEWEST_PEOPLE} or more ask is surer to be a topic"
        languages = Counter(row["language"] for row in own)
        for language in LANGUAGES.keys() - languages.keys():
            yield f"{intent} has no text in {LANGUAGES[language]} but its own question: accept some, or import them"
