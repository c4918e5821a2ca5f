"""The dates of a plan: from the application to the first money and the next review, on China's working calendar."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import asdict, dataclass
from typing import Any

from actions.consult.advising import start_day
from actions.consult.budget import PAYING
from actions.consult.circumstances import INDIVIDUAL
from actions.consult.computed import Case
from actions.consult.costs import annual_review, figure
from actions.consult.days import NoSuchDayError
from actions.consult.deciding import Recommendation
from actions.consult.spans import review, settlement
from actions.consult.working_days import Reckoned, after, latest_start

# The later row that says how long the application for WeChat Pay is reviewed.
PAY_REVIEW = "pay.review_2014"


@dataclass(frozen=True)
class Step:
    """One day of the plan: what happens, how long after the step before, and by which rules."""

    label: str
    date: str
    day: str
    span: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Timeline:
    """The steps in their order, and what is to be known of them."""

    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    title: str
    description: str

    def as_data(self) -> dict[str, Any]:
        """Returns plain data."""
        return asdict(self)


def timeline_of(case: Case, found: Recommendation) -> Timeline:
    """Returns the steps of what is recommended; none where nothing is verified."""
    span = review(case.table, case.as_of)
    if found.account is None or case.told.subject == INDIVIDUAL or span is None:
        return Timeline((), (), "", "")
    start = _start(case)
    _, done = span.ends(start)
    estimated = set(done.estimated)
    speaker = case.speaker
    steps = [
        _step(case, "plan_step_apply", start, "", (span.row.id,)),
        _step(case, "plan_step_verified", done.day, speaker.value(span.row, span.names[1]), (span.row.id,)),
    ]
    if found.account == "service" and set(PAYING) & set(case.told.wishes):
        for step, reckoned in _payments(case, done.day):
            steps.append(step)
            estimated.update(reckoned.estimated)
    yearly = annual_review(case.table, case.as_of)
    steps.append(
        _step(case, "plan_step_review", _a_year_after(done.day), speaker.value(yearly, "amount"), (yearly.id,))
    )
    notes = [speaker.say("working_days_counted")]
    if estimated:
        notes.append(speaker.say("estimated", years=", ".join(map(str, sorted(estimated)))))
    described = "; ".join(f"{step.day}: {step.label}" for step in steps)
    return Timeline(tuple(steps), tuple(notes), speaker.say("plan_picture"), described)


def _start(case: Case) -> datetime.date:
    """Returns the day to apply on: the one that was named, or counted back from the day when all must be done."""
    if case.figures.deadline:
        span = review(case.table, case.as_of)
        try:
            deadline = case.figures.deadline.on(case.today)
        except NoSuchDayError:
            return case.today
        return latest_start(deadline, span.most).day if span else deadline
    return start_day(case)


def _payments(case: Case, verified: datetime.date) -> list[tuple[Step, Reckoned]]:
    """Returns the steps from the verified account to the money of a first sale."""
    speaker = case.speaker
    found: list[tuple[Step, Reckoned]] = []
    row = case.table.rows.get(PAY_REVIEW)
    open_from = Reckoned(verified)
    if row and "review" in row.values:
        open_from = after(verified, int(figure(row, "review")))
        days = speaker.value(row, "review")
        found.append((_step(case, "plan_step_pay", open_from.day, days, (row.id, "pay.eligibility")), open_from))
    money = settlement(case.table, case.as_of)
    if money:
        _, last = money.ends(open_from.day)
        span = f"T+{money.least}" if money.least == money.most else f"T+{money.least} – T+{money.most}"
        found.append((_step(case, "plan_step_money", last.day, span, (money.row.id,)), last))
    return found


def _step(case: Case, name: str, day: datetime.date, span: str, facts: tuple[str, ...]) -> Step:
    known = tuple(fact for fact in facts if fact in case.table.rows)
    return Step(case.speaker.say(name), day.isoformat(), case.speaker.day(day), span, known)


def _a_year_after(day: datetime.date) -> datetime.date:
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return day.replace(year=day.year + 1, day=min(day.day, last))
