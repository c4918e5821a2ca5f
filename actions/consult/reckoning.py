"""Computed answers: what a topic's rule comes to with the figures of a question. Each computation shows its steps."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Mapping, Optional

from actions.consult.answer import AnswerPart
from actions.consult.computed import Case, Computed
from actions.consult.days import NoSuchDayError
from actions.consult.reckon_broadcasts import broadcasts
from actions.consult.reckon_costs import applications, deposit_due, years
from actions.consult.reckon_days import review_dates, settlement_dates
from actions.consult.reckon_fees import fee_on_turnover

# Of every topic that can be reckoned with, how.
COMPUTATIONS: Mapping[str, Callable[[Case], Optional[Computed]]] = {
    "pay_rate": fee_on_turnover,
    "pay_deposit": deposit_due,
    "pay_settlement": settlement_dates,
    "verification_fee": applications,
    "annual_review": years,
    "verification_duration": review_dates,
    "broadcast_quota": broadcasts,
}


def reckon(topic: str, case: Case) -> Optional[Computed]:
    """Returns what the figures of a question come to under a topic; None where they come to nothing there."""
    compute = COMPUTATIONS.get(topic)
    try:
        return compute(case) if compute else None
    except (NoSuchDayError, OverflowError):
        return Computed(case.speaker.say("no_such_day"), asks=True)


def with_computed(part: AnswerPart, computed: Computed) -> AnswerPart:
    """Returns a part that says the result first and the rule as its reason."""
    reason = part.lead if part.table is None else None
    return replace(part, lead=computed.lead, reason=reason, changes=(*computed.notes, *part.changes))
