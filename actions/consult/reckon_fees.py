"""The fee on a turnover, with its steps and what the rules of another time would give."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Optional

from actions.consult.computed import Case, Computed
from actions.consult.costs import EXACT, Fee, fee, figure
from actions.consult.figures import Money
from actions.wording.saying import Speaker


def fee_on_turnover(case: Case) -> Optional[Computed]:
    """Returns the fee on the turnover that was told, and why it can't be told where the amount is of no use."""
    if case.figures.faulty and case.figures.faulty.role in ("turnover", ""):
        return faulty(case.speaker, case.figures.faulty)
    turnover = case.figures.turnover
    if turnover is None:
        return None
    here = fee(case.table, case.as_of, turnover.number, case.conditions)
    notes = [_other_fee(case, here)]
    if turnover.per == "month":
        least, most = (EXACT.multiply(each, Decimal(12)) for each in (here.least, here.most))
        words = {"least": case.speaker.yuan(least), "most": case.speaker.yuan(most)}
        notes.insert(0, case.speaker.say("twelve_times", **words) if least != most else "")
    notes.append(case.speaker.say("taken_as_yuan") if turnover.assumed else "")
    return Computed(fee_lead(case, here, turnover.number), tuple(note for note in notes if note))


def fee_lead(case: Case, here: Fee, turnover: Decimal) -> str:
    """Returns what the fee on a turnover comes to, with the steps."""
    speaker = case.speaker
    amount = speaker.yuan(turnover)
    if here.lowest == here.highest:
        words = {"percent": speaker.percent(here.lowest), "fee": speaker.yuan(here.least)}
        return speaker.say("rate_computed", turnover=amount, **words)
    ranged = speaker.say(
        "rate_range",
        turnover=amount,
        lowest=speaker.percent(here.lowest),
        highest=speaker.percent(here.highest),
        least=speaker.yuan(here.least),
        most=speaker.yuan(here.most),
    )
    usual = _usual(case, here, turnover)
    return speaker.join([usual, ranged]) if usual else ranged


def _usual(case: Case, here: Fee, turnover: Decimal) -> str:
    """Returns what most industries pay, where the row says so."""
    if here.row is None or "usual" not in here.row.values:
        return ""
    rate = figure(here.row, "usual")
    most = replace(here, lowest=rate, highest=rate)
    speaker = case.speaker
    return speaker.say(
        "rate_usual", turnover=speaker.yuan(turnover), percent=speaker.percent(rate), fee=speaker.yuan(most.least)
    )


def _other_fee(case: Case, here: Fee) -> str:
    """Returns what the rules of the other time would give, where they differ."""
    other = fee(case.table, case.other_time, here.turnover, case.conditions)
    if (other.lowest, other.highest) == (here.lowest, here.highest):
        return ""
    return case.speaker.say(case.other_frame, statement=_fee_in_short(case, other))


def _fee_in_short(case: Case, other: Fee) -> str:
    speaker = case.speaker
    if other.rate is not None:
        source = speaker.writer.cite(case.table.sources[other.rate.sources[0]])
        return speaker.say(
            "today_rate", percent=speaker.percent(other.lowest), fee=speaker.yuan(other.least), source=source
        )
    lowest, highest = speaker.percent(other.lowest), speaker.percent(other.highest)
    if other.row is not None and "usual" in other.row.values:
        rate = figure(other.row, "usual")
        usual = replace(other, lowest=rate, highest=rate)
        return speaker.say(
            "today_range", usual=speaker.percent(rate), fee=speaker.yuan(usual.least), lowest=lowest, highest=highest
        )
    return speaker.say(
        "guide_range", lowest=lowest, highest=highest, least=speaker.yuan(other.least), most=speaker.yuan(other.most)
    )


def faulty(speaker: Speaker, money: Money) -> Computed:
    """Returns why an amount can't be reckoned with, and what it may have been meant to be."""
    if money.problem == "unit":
        number = speaker.number(money.number)
        names = ("turnover_unit_choice_yuan", "turnover_unit_choice_scaled")
        choices = tuple(speaker.say(name, number=number) for name in names)
        return Computed(speaker.say("turnover_unit", number=number), choices=choices, asks=True)
    if money.problem == "currency":
        return Computed(speaker.say("currency_foreign"), asks=True)
    return Computed(speaker.say(f"amount_{money.problem}"), asks=True)
