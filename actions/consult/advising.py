"""The parts of an advice: what to open and why, what it costs, when it is done."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Optional, Sequence

from actions.consult.answer import AnswerPart, SourceLine
from actions.consult.budget import Budget, Line, budget_of
from actions.consult.computed import Case
from actions.consult.days import NoSuchDayError
from actions.consult.deciding import Recommendation, decide
from actions.consult.reckoning import reckon
from actions.consult.spans import review, settlement
from actions.rule_table.consultation import Advice, Decision
from actions.rule_table.model import Row
from actions.wording.saying import Speaker

TOPIC = "consultation"

# A phone has room for so many reasons.
MOST_REASONS = 4


@dataclass(frozen=True)
class Advised:
    """A part of an advice and the rows that it drew on."""

    part: AnswerPart
    rows: tuple[str, ...]


def recommended(case: Case, rules: Sequence[str] = (), with_practices: bool = True) -> tuple[Advised, Recommendation]:
    """Returns what to open with its reasons, what speaks against it and the other way; `rules` are told in
    any case, and so is a practice to avoid unless it is left out."""
    found = decide(case.table, case.told, case.as_of)
    speaker = case.speaker
    reasons = _distinct_facts(found.reasons)[:MOST_REASONS]
    cited = [fact for reason in reasons for fact in reason.facts]
    said = [speaker.cited(reason.says, reason.facts) for reason in reasons]
    then = found.advised("then")
    kinds = ("against", "instead", "avoid") if with_practices else ("against", "instead")
    beside = [advice for kind in kinds for advice in found.advised(kind)[:1]]
    resting = {*cited, *(fact for advice in (*then, *beside) for fact in advice.facts)}
    for row in (case.table.rows[rule] for rule in rules if rule not in resting):
        # The rule that was asked for is told, whatever decided.
        said.append(speaker.writer.say(row.answer, row))
        cited.append(row.id)
    said += [speaker.cited(advice.says, advice.facts) for advice in then]
    notes = [_beside(speaker, advice) for advice in beside]
    other = found.against[:1] if not any(advice.kind == "against" for advice in beside) else ()
    for reason in other:
        notes.insert(0, speaker.say("against", statement=speaker.cited(reason.says, reason.facts)))
        cited += reason.facts
    cited += [fact for advice in (*then, *beside) for fact in advice.facts]
    part = AnswerPart(
        topic=TOPIC,
        title=speaker.say("plan_title"),
        lead=speaker.say(f"recommend_{found.account or 'out_of_reach'}"),
        reason=speaker.join(said),
        source=source_of(case, cited),
        changes=tuple(notes),
    )
    return Advised(part, tuple(dict.fromkeys(cited))), found


def _distinct_facts(reasons: Sequence[Decision]) -> list[Decision]:
    """Returns the reasons without those that rest on nothing new."""
    kept: list[Decision] = []
    for reason in reasons:
        if not set(reason.facts) <= {fact for other in kept for fact in other.facts}:
            kept.append(reason)
    return kept


def _beside(speaker: Speaker, advice: Advice) -> str:
    said = speaker.cited(advice.says, advice.facts)
    return said if advice.kind == "avoid" else speaker.say(advice.kind, statement=said)


def source_of(case: Case, cited: Sequence[str]) -> Optional[SourceLine]:
    """Returns the sources of the rows that were drawn on, each once."""
    rows = [case.table.rows[fact] for fact in cited]
    sources = list(dict.fromkeys(row.sources[0] for row in rows))
    if not sources:
        return None
    writer = case.speaker.writer
    return SourceLine(writer.join([writer.describe_source(case.table.sources[source]) for source in sources]))


def costs(case: Case) -> Advised:
    """Returns what the account costs in the first and in every following year, item by item."""
    budget = budget_of(case.table, case.as_of, case.told, _account(case))
    speaker = case.speaker
    rows = [line.row for line in budget.lines if line.row] + list(budget.beside)
    part = AnswerPart(
        topic=f"{TOPIC}_costs",
        title=speaker.say("cost_title"),
        lead=cost_lead(speaker, budget),
        source=source_of(case, [row.id for row in rows]),
        changes=tuple(cost_notes(case, budget)),
    )
    return Advised(part, tuple(dict.fromkeys(row.id for row in rows)))


def _account(case: Case) -> Optional[str]:
    return decide(case.table, case.told, case.as_of).account


def ranged(speaker: Speaker, least: Decimal, most: Decimal) -> str:
    """Returns an amount, or a range of amounts."""
    if least == most:
        return speaker.yuan(least)
    return speaker.say("yuan_range", least=speaker.digits(least), most=speaker.digits(most))


def cost_lead(speaker: Speaker, budget: Budget) -> str:
    """Returns the sums of both kinds of years, with their summands where there are several."""
    return speaker.say("cost_lead", first=_sum(speaker, budget, "first"), following=_sum(speaker, budget, "following"))


def _sum(speaker: Speaker, budget: Budget, year: str) -> str:
    def amounts(line: Line) -> tuple[Decimal, Decimal]:
        return getattr(line, year), getattr(line, f"{year}_most")

    total = ranged(speaker, *amounts(budget.total))
    lines = [line for line in budget.lines if amounts(line)[1]]
    named = [(speaker.say(f"cost_{line.name}_in_sum"), ranged(speaker, *amounts(line))) for line in lines]
    items = [speaker.say("cost_summand", name=name, amount=amount) for name, amount in named]
    return speaker.say("cost_sum", total=total, items=" + ".join(items)) if len(items) > 1 else total


def cost_notes(case: Case, budget: Budget) -> list[str]:
    """Returns what the sums leave open: a deposit that hangs on the company, a fee without a turnover."""
    speaker = case.speaker
    notes = []
    if budget.open_deposit and budget.open_deposit.capital is not None:
        due = budget.open_deposit
        capital = speaker.yuan(due.capital or Decimal(0))
        notes.append(speaker.say("cost_deposit_open", amount=speaker.yuan(due.amount), capital=capital))
    if budget.fee_open:
        lowest, highest = (speaker.bare(budget.fee_open, name) for name in ("lowest", "highest"))
        notes.append(speaker.say("cost_without_turnover", lowest=lowest, highest=highest))
    if budget.foreign:
        notes.append(speaker.say("cost_foreign", fee=speaker.value(budget.foreign, "amount")))
    if (
        case.told.turnover is not None
        and not case.told.turnover_per
        and any(line.name == "fee" for line in budget.lines)
    ):
        notes.append(speaker.say("taken_as_yearly"))
    if budget.exempt:
        notes.append(speaker.writer.change(budget.exempt))
    return notes + _other_time(case, budget)


def _other_time(case: Case, budget: Budget) -> list[str]:
    other = budget_of(case.table, case.other_time, case.told, _account(case))
    mine, theirs = budget.total, other.total
    if (mine.first, mine.first_most, mine.following) == (theirs.first, theirs.first_most, theirs.following):
        return []
    return [case.speaker.say(case.other_frame, statement=_uncapitalised(cost_lead(case.speaker, other)))]


def dates(case: Case, with_money: bool = False) -> Optional[Advised]:
    """Returns when verification is done if it is applied for on the day that was named, or today.

    `with_money` adds when the money of a sale arrives.
    """
    span = review(case.table, case.as_of)
    if span is None:
        return None
    speaker = case.speaker
    start = start_day(case)
    _, last = span.ends(start)
    name = span.names[1]
    days = speaker.value(span.row, name)
    lead = speaker.say("dates_lead", start=speaker.day(start), date=speaker.day(last.day), days=days)
    named = reckon("verification_duration", case)
    if named and (named.asks or case.figures.deadline):
        part = AnswerPart(f"{TOPIC}_dates", speaker.say("dates_title"), named.lead, changes=named.notes)
        return Advised(replace(part, source=source_of(case, [span.row.id])), (span.row.id,))
    notes = [speaker.say("estimated", years=", ".join(map(str, last.estimated)))] if last.estimated else []
    rows: list[Row] = [span.row]
    other = review(case.table, case.other_time)
    if other and other.most != span.most:
        _, there = other.ends(start)
        days = speaker.value(other.row, other.names[1])
        statement = speaker.say("dates_lead", start=speaker.day(start), date=speaker.day(there.day), days=days)
        notes.append(speaker.say(case.other_frame, statement=_uncapitalised(statement)))
    money = settlement(case.table, case.as_of)
    if money and with_money:
        notes.insert(0, speaker.say("dates_pay", least=str(money.least), most=str(money.most)))
        rows.append(money.row)
    part = AnswerPart(
        topic=f"{TOPIC}_dates",
        title=speaker.say("dates_title"),
        lead=lead,
        source=source_of(case, [row.id for row in rows]),
        changes=tuple(notes),
    )
    return Advised(part, tuple(row.id for row in rows))


def start_day(case: Case) -> datetime.date:
    """Returns the day from which is counted: the one that was named, else today."""
    try:
        return case.figures.start.on(case.today) if case.figures.start else case.today
    except NoSuchDayError:
        return case.today


def _uncapitalised(statement: str) -> str:
    return statement[:1].lower() + statement[1:]
