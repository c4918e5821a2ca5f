"""When a review ends and money arrives, from a day on or back from a deadline, on China's working calendar."""

from __future__ import annotations

import datetime
from typing import Callable, Optional

from actions.consult.as_of import AsOf
from actions.consult.computed import Case, Computed
from actions.consult.spans import Span, review, settlement
from actions.rule_table.table import RuleTable
from actions.wording.saying import Speaker


def review_dates(case: Case) -> Optional[Computed]:
    """Returns when the review ends, or by when to apply."""
    return _dated(case, review, ("review_ends", "review_ends_between"), ("apply_by", "apply_by_between"))


def settlement_dates(case: Case) -> Optional[Computed]:
    """Returns when the money of a sale arrives, or by when to sell."""
    return _dated(case, settlement, ("arrives", "arrives_between"), ("send_by", "send_by"))


def _dated(
    case: Case,
    span_at: Callable[[RuleTable, AsOf], Optional[Span]],
    forward: tuple[str, str],
    backward: tuple[str, str],
) -> Optional[Computed]:
    days = case.figures
    here = span_at(case.table, case.as_of)
    if here is None or not (days.start or days.deadline):
        return None
    frames = backward if days.deadline else forward
    reckon_span = _from_deadline if days.deadline else _from_start
    named = days.deadline or days.start
    assert named
    day = named.on(case.today)
    lead, years = reckon_span(case, here, day, frames)
    other = span_at(case.table, case.other_time)
    notes = [case.speaker.say("working_days_counted")]
    if years:
        notes.append(case.speaker.say("estimated", years=", ".join(map(str, years))))
    if days.deadline and day < case.today:
        notes.insert(0, case.speaker.say("apply_too_late", date=case.speaker.day(day)))
    if other and (other.least, other.most) != (here.least, here.most):
        statement, _ = reckon_span(case, other, day, frames)
        notes.append(case.speaker.say(case.other_frame, statement=_uncapitalised(statement)))
    return Computed(lead, tuple(notes))


def _from_start(case: Case, span: Span, day: datetime.date, frames: tuple[str, str]) -> tuple[str, tuple[int, ...]]:
    first, last = span.ends(day)
    speaker = case.speaker
    single = speaker.value(span.row, span.names[0]) if frames[0].startswith("review") else str(span.most)
    if span.least == span.most:
        return speaker.say(frames[0], start=speaker.day(day), date=speaker.day(last.day), days=single), last.estimated
    return (
        speaker.say(
            frames[1],
            start=speaker.day(day),
            first=speaker.day(first.day),
            last=speaker.day(last.day),
            least=_bound(speaker, span, 0),
            most=_bound(speaker, span, 1),
        ),
        last.estimated,
    )


def _bound(speaker: Speaker, span: Span, place: int) -> str:
    value = span.row.values[span.names[place]]
    if value.unit == "T_plus":
        return str(value.value)
    return speaker.plain(value)


def _from_deadline(case: Case, span: Span, day: datetime.date, frames: tuple[str, str]) -> tuple[str, tuple[int, ...]]:
    safe, last = span.starts(day)
    speaker = case.speaker
    if span.least == span.most and frames[0] != "send_by":
        days = speaker.value(span.row, span.names[0])
        return speaker.say(frames[0], deadline=speaker.day(day), date=speaker.day(safe.day), days=days), safe.estimated
    words = {"first": speaker.day(safe.day), "last": speaker.day(last.day), "deadline": speaker.day(day)}
    return (
        speaker.say(frames[1], least=_bound(speaker, span, 0), most=_bound(speaker, span, 1), **words),
        safe.estimated,
    )


def _uncapitalised(statement: str) -> str:
    return statement[:1].lower() + statement[1:]
