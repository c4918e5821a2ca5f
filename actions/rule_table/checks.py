"""Faults that show only when the whole table is there: unknown ids, wrong templates, contradicting rows."""

from __future__ import annotations

import datetime
import itertools
from typing import Callable, Iterable, Optional

from actions.rule_table.model import AppliesTo, Language, Part, Row
from actions.rule_table.phrases import FRAMES, PLACES, REPLIES
from actions.rule_table.table import RuleTable
from actions.rule_table.templates import placeholders
from actions.rule_table.yaml_lines import Place
from actions.wording.values import format_value

Report = Callable[[Part, Place, str], None]

# Topics that the program answers from more than rows: the table of interfaces, the decision table.
WITHOUT_ROWS = ("interface", "consultation")

LANGUAGES: tuple[Language, Language] = ("en", "zh")


def find_faults(table: RuleTable, report: Report) -> None:
    """Reports every fault of a table that was read: the part, the place inside it, and what to do."""
    for row in table.rows.values():
        _check_references(table, row, report)
        if _check_values(table, row, report) and _check_templates(table, row, report):
            _check_rendering(table, row, report)
    _check_phrases(table, report)
    _check_topics(table, report)
    _check_details(table, report)
    _check_overlaps(table, report)


def _unknown(ids: Iterable[str], known: Iterable[str]) -> list[str]:
    known = set(known)
    return [name for name in ids if name not in known]


def _check_references(table: RuleTable, row: Row, report: Report) -> None:
    for topic in _unknown([row.topic], table.topics):
        report(row, ("topic",), f"{row.id}: unknown topic '{topic}'")
    for source in _unknown(row.sources, table.sources):
        report(row, ("sources",), f"{row.id}: unknown source '{source}'")
    for other in _unknown(row.about, table.rows):
        report(row, ("about",), f"{row.id}: is about an unknown row '{other}'")
    for name in ("subject", "industry"):
        for value in _unknown(getattr(row.applies_to, name) or (), table.phrases.names.get(name, {})):
            report(row, ("applies_to", name), f"{row.id}: unknown {name} '{value}': name it in phrases.yml")


def _check_values(table: RuleTable, row: Row, report: Report) -> bool:
    known = True
    for name, value in row.values.items():
        if value.unit not in table.phrases.units:
            known = False
            report(row, ("values", name), f"{row.id}: unknown unit '{value.unit}': describe it in phrases.yml")
        if value.per is not None and value.per not in table.phrases.per:
            known = False
            report(row, ("values", name), f"{row.id}: unknown 'per: {value.per}': describe it in phrases.yml")
    return known


def _check_templates(table: RuleTable, row: Row, report: Report) -> bool:
    known = True
    used: dict[Language, set[str]] = {language: set() for language in LANGUAGES}
    for field, wording in row.wordings().items():
        for language in LANGUAGES:
            place = (*field.split("."), language)
            try:
                names = placeholders(wording.in_language(language))
            except ValueError as error:
                report(row, place, f"{row.id}: {field}.{language}: {error}")
                known = False
                continue
            used[language] |= names
            for name in sorted(names - set(table.values_of(row))):
                known = False
                report(row, place, f"{row.id}: {field}.{language} names the value '{name}', which the row has not")
    for language, names in used.items():
        for name in row.values:
            if name not in names:
                report(row, ("values", name), f"{row.id}: no {language} template names the value '{name}'")
    return known


def _check_rendering(table: RuleTable, row: Row, report: Report) -> None:
    """Reports values that don't fit their unit, and templates that can't be filled with them."""
    for language in LANGUAGES:
        texts: dict[str, str] = {}
        for name, value in table.values_of(row).items():
            try:
                texts[name] = format_value(value, table.phrases, language)
            except (ValueError, ArithmeticError, AttributeError):
                message = f"{row.id}: the value '{name}' is '{value.value}', which is no {value.unit}"
                report(row, ("values", name), message)
                return
        for field, wording in row.wordings().items():
            try:
                wording.in_language(language).format(**texts)
            except (ValueError, KeyError, IndexError, AttributeError) as error:
                report(row, (*field.split("."), language), f"{row.id}: {field}.{language} can't be filled: {error}")


def _check_phrases(table: RuleTable, report: Report) -> None:
    phrases = table.phrases
    for section, needed in (("frames", FRAMES), ("replies", REPLIES)):
        for name in _unknown(needed, getattr(phrases, section)):
            report(phrases, (section,), f"phrases: {section} lacks '{name}'")
        for name, wording in getattr(phrases, section).items():
            for language in LANGUAGES:
                for place in sorted(placeholders(wording.in_language(language)) - PLACES):
                    report(phrases, (section, name, language), f"phrases: {section}.{name}: unknown place '{place}'")
    for topic in _unknown(phrases.openings, table.topics):
        report(phrases, ("openings",), f"phrases: openings name an unknown topic '{topic}'")
    for source in table.sources.values():
        for kind in _unknown([source.kind], phrases.names.get("kind", {})):
            report(source, ("kind",), f"{source.id}: unknown kind '{kind}': name it in phrases.yml")


def _check_topics(table: RuleTable, report: Report) -> None:
    answered = {row.topic for row in table.rows.values()}
    for topic in table.topics.values():
        for area in _unknown([topic.area], table.areas):
            report(topic, ("area",), f"{topic.id}: unknown area '{area}'")
        for other in _unknown((*topic.suggests, *topic.compares, *topic.gathers), table.topics):
            report(topic, (), f"{topic.id}: names an unknown topic '{other}'")
        for part in (table.topics[name] for name in topic.gathers if name in table.topics):
            if part.gathers or part.compares:
                report(topic, ("gathers",), f"{topic.id}: gathers '{part.id}', which has no rows of its own")
        looked_up = topic.id not in WITHOUT_ROWS and not (topic.compares or topic.gathers)
        if topic.id not in answered and looked_up:
            report(topic, (), f"{topic.id}: no row answers this topic")


def _check_details(table: RuleTable, report: Report) -> None:
    for interface in table.interfaces.values():
        for row_id in _unknown((*interface.about, *interface.later), table.rows):
            report(interface, (), f"{interface.id}: names an unknown row '{row_id}'")
        for topic in _unknown([interface.topic], table.topics):
            report(interface, ("topic",), f"{interface.id}: unknown topic '{topic}'")
    for rate in table.rates.values():
        for name in _unknown(rate.industries, table.phrases.names.get("industry", {})):
            report(rate, ("industries",), f"{rate.id}: unknown industry '{name}': name it in phrases.yml")
        for name in _unknown([rate.subject], table.phrases.names.get("subject", {})):
            report(rate, ("subject",), f"{rate.id}: unknown subject '{name}': name it in phrases.yml")
        for source in _unknown(rate.sources, table.sources):
            report(rate, ("sources",), f"{rate.id}: unknown source '{source}'")
    _check_rates_overlap(table, report)


def _check_rates_overlap(table: RuleTable, report: Report) -> None:
    for rate, other in itertools.combinations(table.rates.values(), 2):
        shared = sorted(set(rate.industries) & set(other.industries))
        if rate.subject == other.subject and shared:
            report(other, ("industries",), f"{other.id}: '{rate.id}' has a rate for {', '.join(shared)} too")


def _check_overlaps(table: RuleTable, report: Report) -> None:
    rules = [row for row in table.rows.values() if row.relation is None or row.relation.replaces]
    for row, other in itertools.combinations(rules, 2):
        if row.topic == other.topic and _same_case(row.applies_to, other.applies_to) and _same_time(row, other):
            report(
                other,
                ("valid",),
                f"{other.id}: valid for the same case at the same time as {row.id}: "
                "end one of them ('valid.to'), or say that one agrees with or refines the other",
            )


def _same_case(a: AppliesTo, b: AppliesTo) -> bool:
    """Whether the two speak of one case, at the same level of detail (a special case may stand beside a general)."""
    fields = ("account", "verified", "subject", "industry")
    return all(_meet(getattr(a, name), getattr(b, name)) for name in fields)


def _meet(a: object, b: object) -> bool:
    if a is None or b is None:
        return a is b
    if isinstance(a, tuple) and isinstance(b, tuple):
        return bool(set(a) & set(b))
    return a == b


def _same_time(row: Row, other: Row) -> bool:
    first, last = datetime.date.min, datetime.date.max
    begins = max(_day(each.valid.start, first) for each in (row, other))
    ends = min(_day(each.valid.end, last) for each in (row, other))
    return begins < ends


def _day(date: Optional[object], default: datetime.date) -> datetime.date:
    day: datetime.date = getattr(date, "first_day", default)
    return day
