"""What the form of a new intent offers to choose from: the rule table's own names."""

from __future__ import annotations

from typing import NamedTuple, Union

from actions.rule_table.model import Source, Wording
from actions.rule_table.table import RuleTable
from actions.wording.writer import GUIDE_KIND
from bot.learning.deciding.draft_checks import GUIDES

Choice = tuple[str, str]


class Choices(NamedTuple):
    """For each kind of field, the ids with what they are called."""

    areas: list[Choice]
    sources: list[Choice]
    kinds: list[Choice]
    units: list[Choice]
    per: list[Choice]
    account: list[Choice]
    subject: list[Choice]
    industry: list[Choice]
    topics: list[Choice]


def choices(table: RuleTable, language: str) -> Choices:
    """Returns what there is to choose from, in a language."""
    names = table.phrases.names
    return Choices(
        areas=[(area.id, _said(area.name, language)) for area in table.areas.values()],
        sources=[
            (source.id, _source(source, language))
            for source in reversed(list(table.sources.values()))
            if not source.id.startswith(GUIDES)
        ],
        # That of the two guides says how they are cited, and is no other's.
        kinds=[each for each in _named(names.get("kind", {}), language) if each[0] != GUIDE_KIND],
        units=[(unit, _unit(table, unit, language)) for unit in table.phrases.units],
        per=[(per, _said(wording, language).replace("{n}", "…")) for per, wording in table.phrases.per.items()],
        account=_named(names.get("account", {}), language),
        subject=_named(names.get("subject", {}), language),
        industry=_named(names.get("industry", {}), language),
        topics=[(topic.id, _said(topic.title, language)) for topic in table.topics.values()],
    )


def _named(names: dict[str, Wording], language: str) -> list[Choice]:
    return [(name, _said(wording, language)) for name, wording in names.items()]


def _said(wording: Union[Wording, str, None], language: str) -> str:
    if isinstance(wording, Wording):
        return wording.zh if language == "zh" else wording.en
    return wording or ""


def _source(source: Source, language: str) -> str:
    date = f" ({source.date})" if source.date else ""
    return f"{_said(source.title, language) or source.id}{date}"


def _unit(table: RuleTable, unit: str, language: str) -> str:
    wording = getattr(table.phrases.units[unit], "other", None)
    return _said(wording, language).replace("{n}", "…") if isinstance(wording, Wording) else unit
