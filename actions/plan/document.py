"""The plan as data: every sentence of the page, in one language, with the ids of the rules that it rests on.

A plan holds what was told of the business and nothing else of the person who asked. It is plain data, so that it can
be kept and rendered later, when the rule table may have changed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Iterable

from actions.consult.advising import cost_notes, ranged, recommended
from actions.consult.budget import Budget, Line, budget_of
from actions.consult.computed import Case
from actions.consult.conditions import Conditions
from actions.consult.deciding import Recommendation
from actions.consult.findings import find
from actions.plan.timeline import timeline_of
from actions.rule_table.consultation import Advice, Decision
from actions.wording.circumstances import describe_told
from actions.wording.saying import Speaker

HEADINGS = (
    *("told", "recommendation", "reasons", "then", "against", "instead", "costs", "dates", "papers", "pitfalls"),
    *("changes", "sources", "step", "day_heading"),
)

Plan = dict[str, Any]


def plan_of(case: Case) -> Plan:
    """Returns the plan for the circumstances of a case."""
    rules = [row.id for row in case.table.rules_of("choose")]
    advised, found = recommended(case, rules)
    budget = budget_of(case.table, case.as_of, case.told, found.account)
    speaker = case.speaker
    timeline = timeline_of(case, found)
    cited = [*advised.rows, *(line.row.id for line in budget.lines if line.row), *(row.id for row in budget.beside)]
    cited += [fact for step in timeline.steps for fact in step.facts]
    papers, pitfalls = found.advised("paper"), _pitfalls(found)
    cited += [fact for each in (*papers, *pitfalls) for fact in each.facts]
    return {
        "language": speaker.language,
        "title": speaker.say("plan_title"),
        "intro": speaker.join([speaker.say("plan_made", date=speaker.day(case.today)), _rules(case)]),
        "headings": {name.partition("_")[0]: speaker.say(f"plan_{name}") for name in HEADINGS},
        "told": describe_told(speaker, case.told),
        "recommendation": _recommendation(case, found, advised.rows),
        "costs": _costs(case, budget) if found.account else None,
        "timeline": timeline.as_data() if timeline.steps else None,
        "papers": _entries(speaker, papers),
        "pitfalls": _entries(speaker, pitfalls),
        "changes": _changes(case, cited),
        "sources": _sources(case, cited),
    }


def _rules(case: Case) -> str:
    """Returns by which rules the plan was made."""
    if case.as_of.is_guide:
        return case.speaker.say("plan_rules_guide")
    return case.speaker.say("plan_rules_then", date=case.speaker.day(case.as_of.day or case.today))


def _recommendation(case: Case, found: Recommendation, rows: Iterable[str]) -> Plan:
    speaker = case.speaker
    reasons: list[Decision | Advice] = list(found.reasons)
    entries = _entries(speaker, reasons)
    named = {fact for reason in reasons for fact in reason.facts}
    if not any(case.table.rows[fact].is_guide for fact in named):
        entries += [_rule(case, row.id) for row in case.table.rules_of("choose") if row.id in rows]
    return {
        "account": found.account,
        "lead": speaker.say(f"recommend_{found.account or 'out_of_reach'}"),
        "reasons": entries,
        "then": _entries(speaker, found.advised("then")),
        "against": _entries(speaker, [*found.advised("against"), *found.against]),
        "instead": _entries(speaker, found.advised("instead")),
        "fired": list(found.fired),
    }


def _entries(speaker: Speaker, said: Iterable[Decision | Advice]) -> list[Plan]:
    """Returns sentences with the rules that they rest on, none of them twice."""
    found = [{"text": speaker.cited(each.says, each.facts), "facts": list(each.facts)} for each in said]
    return [entry for place, entry in enumerate(found) if entry not in found[:place]]


def _rule(case: Case, row_id: str) -> Plan:
    row = case.table.rows[row_id]
    words = [case.speaker.writer.say(each, row) for each in (row.answer, row.reason) if each]
    return {"text": case.speaker.join(words), "facts": [row_id]}


def _costs(case: Case, budget: Budget) -> Plan:
    speaker = case.speaker
    return {
        "columns": [speaker.say(name) for name in ("cost_item", "cost_first_year", "cost_following")],
        "rows": [_cost_row(speaker, line) for line in budget.lines],
        "total": _cost_row(speaker, budget.total) if len(budget.lines) > 1 else None,
        "notes": cost_notes(case, budget),
    }


def _cost_row(speaker: Speaker, line: Line) -> list[str]:
    def amount(least: Decimal, most: Decimal) -> str:
        return ranged(speaker, least, most) if most else "–"

    return [
        speaker.say(f"cost_{line.name}"),
        amount(line.first, line.first_most),
        amount(line.following, line.following_most),
    ]


def _pitfalls(found: Recommendation) -> list[Advice]:
    """Returns the practices to avoid, those that apply most closely in their own words."""
    applying = found.advised("avoid")
    named = {fact for advice in applying for fact in advice.facts}
    return [*applying, *(advice for advice in found.advised("pitfall") if not named & set(advice.facts))]


def _changes(case: Case, cited: Iterable[str]) -> list[str]:
    """Returns what later sources say of the guides' rules that the plan rests on: what replaced or refined them."""
    conditions = Conditions(subject=case.told.subject, industry=case.told.industry)
    topics = dict.fromkeys(case.table.rows[fact].topic for fact in cited if case.table.rows[fact].is_guide)
    changed = [
        row
        for topic in topics
        for row in find(case.table, topic, conditions, case.as_of).changes
        if row.relation and row.relation.value in ("supersedes", "differs")
    ]
    return list(dict.fromkeys(case.speaker.writer.change(row) for row in changed))


def _sources(case: Case, cited: Iterable[str]) -> list[Plan]:
    rows = [case.table.rows[fact] for fact in dict.fromkeys(cited)]
    sources = dict.fromkeys(row.sources[0] for row in rows)
    table, writer = case.table, case.speaker.writer
    return [
        {"text": writer.describe_source(table.sources[source]), "url": table.sources[source].url} for source in sources
    ]
