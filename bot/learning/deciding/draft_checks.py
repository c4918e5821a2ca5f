"""Whether a draft is complete and right, said field by field in plain words, fast enough to say it while one types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Mapping, Optional, get_args

from actions.rule_table.model import Confidence
from actions.rule_table.table import RuleTable
from actions.wording.writer import GUIDE_KIND
from bot.learning.deciding.draft_table import table_of, table_with
from bot.learning.deciding.names import LONGEST_NAME, NAME, domain_intents
from bot.learning.deciding.teachable import LONGEST
from bot.learning.draft_parts import field_at, parts_of
from bot.learning.drafts import ASKING, Draft, DraftRow, Words
from bot.nlu.text import HAN, language_of
from bot.settings import Settings

LANGUAGES = {"en": "English", "zh": "Chinese"}
NOTHING_TAKEN: Mapping[str, str] = MappingProxyType({})
LONGEST_WORDS = 600
LONGEST_TITLE = 60
ROW_ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
# By which the rule table tells its two guides from all other sources.
GUIDES = "guide."
SOURCE_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")

# What the rule table's checks say of files, said of fields.
PLAINLY = (
    (
        r"(\S+) names the value '(.*)', which the row has not",
        r"names {\2}, and there is no such figure: add it",
    ),
    (
        r"no (en|zh) template names the value '(.*)'",
        r"{\2} stands nowhere in the \1 wording: write it there",
    ),
    (
        r"valid for the same case at the same time as (\S+): .*",
        r"holds for the same accounts at the same time as the row \1: say to which accounts or times each belongs",
    ),
    (r"'(.*)' is there twice, also in .*", r"'\1' is taken: choose another"),
    (r"the value '(.*)' is '(.*)', which is no (.*)", r"'\2' is no \3: write a figure that fits the unit"),
    (r"unknown (unit|source|kind|area|subject|industry) '(.*?)'.*", r"there is no \1 '\2': choose one of the list"),
    (r"unknown 'per: (.*?)'.*", r"there is no 'per \1': choose one of the list"),
    (r"names an unknown topic '(.*)'", r"there is no topic '\1' to suggest: choose one of the list"),
)


@dataclass(frozen=True)
class Fault:
    """What is missing or wrong in a field. `field` is its path in the draft's data, such as `rows.0.answer.zh`."""

    field: str
    message: str


def check_draft(settings: Settings, draft: Draft, taken: Mapping[str, str] = NOTHING_TAKEN) -> list[Fault]:
    """Returns what is missing or wrong, first what is missing: nothing where the draft can land.

    The rule table's own checks run on the table as it stands with the draft in it. `taken` are names that something
    outside the project has (other drafts: `names_taken`), each with what has it.

    Raises RuleTableError where the table has faults without the draft.
    """
    table = table_of(settings.project)
    found = list(_written(table, draft))
    fault = name_fault(settings, draft.name, taken)
    if fault:
        found.insert(0, Fault("name", fault))
    complete = _completed(table, draft)
    faulty = {each.field for each in found}
    for place, message in table_with(settings.project, parts_of(complete))[1]:
        field = field_at(complete, place)
        if not any(field == known or field.startswith(f"{known}.") for known in faulty):
            found.append(Fault(field, plainly(message)))
    return list(dict.fromkeys(found))


def name_fault(settings: Settings, name: str, taken: Mapping[str, str] = NOTHING_TAKEN) -> Optional[str]:
    """Returns why a name can't be a new topic's, None where it can."""
    if not name:
        return "is missing: give the topic a short name, such as refund_time"
    if name.startswith(ASKING):
        return f"must not begin with {ASKING}: the intent gets that by itself"
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        return f"must be of small letters a to z, figures and _ (at most {LONGEST_NAME}), such as refund_time"
    table = table_of(settings.project)
    if name in table.topics:
        return (
            f"is taken by the topic '{table.topics[name].title.en}': accept the texts into it, or choose another name"
        )
    if name in table.rows:
        return "is taken by a row of the rule table: choose another"
    if {name, ASKING + name} & set(domain_intents(settings)):
        return "is taken by an intent: choose another"
    return f"is taken by {taken[name]}: choose another" if name in taken else None


def _written(table: RuleTable, draft: Draft) -> Iterator[Fault]:
    yield from _words("title", draft.title, "title", LONGEST_TITLE, in_language=False)
    yield from _words("question", draft.question, "question that stands for the topic", LONGEST)
    for language in LANGUAGES:
        text = getattr(draft.question, language)
        if text and not any(character.isalnum() for character in text):
            yield Fault(f"question.{language}", "has no word in it: write it as people would ask")
    if not draft.area:
        yield Fault("area", "is missing: choose the group of topics that it belongs to, or name a new one")
    elif draft.area not in table.areas or not draft.new_area.empty:
        if not NAME.fullmatch(draft.area):
            yield Fault("area", "must be of small letters a to z, figures and _, such as refunds")
        if draft.area in table.areas:
            yield Fault("area", f"'{draft.area}' is there already: leave its name out, or choose another")
        yield from _words("new_area", draft.new_area, "name of the new group", LONGEST_TITLE, in_language=False)
    if not draft.rows:
        yield Fault("rows", "are missing: write at least one answer")
    for index, row in enumerate(draft.rows):
        yield from _row(table, draft, row, f"rows.{index}")
    yield from _sources(table, draft)


def _row(table: RuleTable, draft: Draft, row: DraftRow, at: str) -> Iterator[Fault]:
    if not ROW_ID.fullmatch(row.id):
        yield Fault(f"{at}.id", "is missing or no id: write a short one, such as refund.days")
    yield from _words(f"{at}.answer", row.answer, "answer")
    if not row.reason.empty:
        yield from _words(f"{at}.reason", row.reason, "reason")
    if not row.source:
        yield Fault(f"{at}.source", "is missing: choose where the answer comes from, or describe a new source")
    elif row.source not in table.sources and row.source not in {source.id for source in draft.sources}:
        yield Fault(f"{at}.source", f"there is no source '{row.source}': choose one, or describe a new one")
    elif row.source.startswith(GUIDES):
        yield Fault(f"{at}.source", "is one of the two guides, whose facts are all there: choose or describe another")
    if row.confidence not in get_args(Confidence):
        yield Fault(f"{at}.confidence", "is missing: say how sure it is (high, medium or low)")
    if row.verified not in ("", "yes", "no"):
        yield Fault(f"{at}.verified", "must be yes, no, or empty for both")
    names = [value.name for value in row.values]
    for index, value in enumerate(row.values):
        of = f"{at}.values.{index}"
        if not NAME.fullmatch(value.name) or names.count(value.name) > 1:
            yield Fault(f"{of}.name", "must be a name of its own in small letters, such as days: {days} stands for it")
        if not value.value:
            yield Fault(f"{of}.value", "is missing: write the figure")
        if value.unit not in table.phrases.units:
            yield Fault(f"{of}.unit", "is missing or unknown: choose the unit from the list")


def _sources(table: RuleTable, draft: Draft) -> Iterator[Fault]:
    ids = [source.id for source in draft.sources]
    for index, source in enumerate(draft.sources):
        at = f"sources.{index}"
        if not SOURCE_ID.fullmatch(source.id) or ids.count(source.id) > 1 or source.id in table.sources:
            yield Fault(f"{at}.id", "must be an id of its own in letters and figures, such as S_REFUND2026")
        if not source.title:
            yield Fault(f"{at}.title", "is missing: write what the source is called")
        if source.kind not in table.phrases.names.get("kind", {}) or source.kind == GUIDE_KIND:
            yield Fault(f"{at}.kind", "is missing or unknown: choose one of the list")
        if not source.date:
            yield Fault(f"{at}.date", "is missing: write 2026, 2026-Q1, 2026-09 or 2026-09-13")


def _words(at: str, words: Words, what: str, longest: int = LONGEST_WORDS, in_language: bool = True) -> Iterator[Fault]:
    for language, name in LANGUAGES.items():
        text = getattr(words, language).strip()
        if not text:
            yield Fault(f"{at}.{language}", f"is missing: write the {what} in {name} too")
        elif len(text) > longest:
            yield Fault(f"{at}.{language}", f"is {len(text)} characters long: write no more than {longest}")
        elif in_language and not _is_in(language, text):
            yield Fault(f"{at}.{language}", f"does not look like {name}: write the {what} in {name} here")


def _is_in(language: str, text: str) -> bool:
    return bool(HAN.search(text)) if language == "zh" else language_of(text) == "en"


def _completed(table: RuleTable, draft: Draft) -> Draft:
    """Returns a draft with something in each field that is missing, so that the rest of it can be checked."""
    source = draft.sources[0].id if draft.sources else next(iter(table.sources))
    area = draft.area if draft.area in table.areas or not draft.new_area.empty else next(iter(table.areas))
    rows = [
        replace(
            row,
            id=row.id or f"draft.row{index}",
            answer=_both(row.answer),
            reason=row.reason if row.reason.empty else _both(row.reason),
            source=row.source or source,
            confidence=row.confidence if row.confidence in get_args(Confidence) else "low",
            values=tuple(value for value in row.values if value.name and value.value and value.unit),
        )
        for index, row in enumerate(draft.rows or (DraftRow(),))
    ]
    return replace(
        draft,
        name=draft.name or "draft",
        title=_both(draft.title),
        question=_both(draft.question),
        area=area,
        new_area=draft.new_area if draft.new_area.empty else _both(draft.new_area),
        rows=tuple(rows),
    )


def _both(words: Words) -> Words:
    return Words(words.en or words.zh or "...", words.zh or words.en or "...")


def plainly(message: str) -> str:
    """Returns what a check of the rule table says of a file, for somebody who sees the field it is about."""
    # First stands the part's id, and for a field that has no fitting form the field.
    told = re.sub(r"^[^ :]*: (?:[\w.]+: )?", "", message, count=1)
    for pattern, words in PLAINLY:
        told, found = re.subn(pattern, words, told)
        if found:
            break
    return told.replace("the en wording", "the English wording").replace("the zh wording", "the Chinese wording")
