"""The way to a permission that an account has not yet: verify it, open a service account, register an organisation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

from actions.consult.answer import AnswerPart
from actions.consult.circumstances import INDIVIDUAL
from actions.consult.computed import Case
from actions.consult.costs import verification_fee
from actions.consult.spans import review
from actions.rule_table.model import Interface

# The topics about single interfaces, beside those that the table of interfaces names.
INTERFACE = "interface"

# What says that a private person has a subscription account only.
OF_PERSONS = "type.individual"


@dataclass(frozen=True)
class Way:
    """What to do, in words, and the rows that this rests on."""

    text: str
    rows: tuple[str, ...]


def way_to(case: Case, topic: str, with_figures: bool = True) -> Optional[Way]:
    """Returns the way to the interface that a question is about, for a sender whose own account is known.

    None where it is open already, or where too little is known of the account. Fee and duration are left out where
    the reply holds other answers too.
    """
    interface = _interface(case, topic)
    if interface is None:
        return None
    conditions = case.conditions
    person = case.told.subject == INDIVIDUAL or conditions.subject == INDIVIDUAL
    if person and interface.cell("subscription", False) == "no":
        return _of_person(case, with_figures)
    if len(conditions.accounts) != 1 or conditions.verified is None:
        return None
    account = conditions.accounts[0]
    if interface.cell(account, conditions.verified) != "no":
        return None
    figures, rows = _steps(case, with_figures)
    if interface.cell(account, True) != "no":
        name = case.speaker.writer.name("account", account)
        text, needed = case.speaker.say("way_verify", account=name, figures=figures), interface.cell(account, True)
    else:
        text, needed = case.speaker.say("way_service", figures=figures), interface.cell("service", True)
    then = case.speaker.say("way_apply", interface=interface.name.in_language(case.speaker.language))
    return Way(case.speaker.join([text, then if needed == "apply" else ""]), rows)


def with_way(part: AnswerPart, way: Way) -> AnswerPart:
    """Returns a part with the way as the last sentence of its reason."""
    return replace(part, reason=f"{part.reason}\n{way.text}" if part.reason else way.text)


def _interface(case: Case, topic: str) -> Optional[Interface]:
    if topic == INTERFACE:
        return case.table.interfaces.get(case.conditions.interface or "")
    return next((each for each in case.table.interfaces.values() if each.topic == topic != INTERFACE), None)


def _of_person(case: Case, with_figures: bool) -> Way:
    figures, rows = _steps(case, with_figures)
    text = [case.speaker.say("way_person"), case.speaker.say("way_of_company", figures=figures)]
    return Way(case.speaker.join(text), (OF_PERSONS, *rows))


def _steps(case: Case, with_figures: bool) -> tuple[str, tuple[str, ...]]:
    """Returns fee and duration of the verification in words, and their rows."""
    fee, span = verification_fee(case.table, case.as_of), review(case.table, case.as_of)
    if span is None or not with_figures:
        return "", ()
    words = {"fee": case.speaker.bare(fee, "amount"), "days": case.speaker.value(span.row, span.names[1])}
    return case.speaker.say("way_figures", **words), (fee.id, span.row.id)
