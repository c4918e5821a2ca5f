"""The deposit in a company's circumstances, and verification over several applications, accounts or years."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from actions.consult.as_of import AsOf
from actions.consult.circumstances import Circumstances
from actions.consult.computed import Case, Computed
from actions.consult.costs import annual_review, deposit, figure, verification_fee
from actions.consult.reckon_fees import faulty
from actions.rule_table.table import RuleTable
from actions.wording.saying import Speaker


def deposit_due(case: Case) -> Optional[Computed]:
    """Returns whether the deposit is due to a company as it was told, listed or not, with its capital."""
    wrong = case.figures.faulty
    if wrong and wrong.role in ("capital", ""):
        return replace(faulty(case.speaker, wrong), choices=())
    told = _told(case)
    if "listed" in told.conflicts:
        return Computed(case.speaker.say("told_conflict_listed"))
    if told.listed is None and told.capital is None:
        return None
    lead = deposit_lead(case.speaker, case.table, case.as_of, told)
    if lead is None:
        return None
    return Computed(lead)


def _told(case: Case) -> Circumstances:
    figures = case.figures
    # An amount of which nothing tells what it is: asked about the deposit, people name their capital.
    plain = figures.turnover if figures.turnover and not figures.turnover.role else None
    capital = figures.capital or plain
    return replace(case.told, capital=capital.number) if capital else case.told


def deposit_lead(speaker: Speaker, table: RuleTable, as_of: AsOf, told: Circumstances) -> Optional[str]:
    """Returns whether the deposit is due in the circumstances; None where the rule of that time knows none."""
    due = deposit(table, as_of, told)
    if due.capital is None:
        return None
    amount, capital = speaker.yuan(due.amount), speaker.yuan(due.capital)
    if due.due is None:
        return speaker.say("deposit_open", amount=amount, capital=capital)
    if not due.due:
        return speaker.say("deposit_not_due", amount=amount, capital=capital)
    reasons = [speaker.say("deposit_because_unlisted")] if told.listed == "no" else []
    if told.capital is not None and told.capital < due.capital:
        reasons.append(speaker.say("deposit_because_capital", capital=capital))
    return speaker.say("deposit_due", amount=amount, reason=speaker.writer.frame("both").join(reasons))


def applications(case: Case) -> Optional[Computed]:
    """Returns what several applications, accounts or years cost."""
    speaker, figures = case.speaker, case.figures
    row = verification_fee(case.table, case.as_of)
    amount = figure(row, "amount")
    words = {"amount": speaker.yuan(amount)}
    if figures.failed:
        return Computed(
            speaker.say(
                "fee_of_failed",
                count=str(figures.failed),
                total=speaker.yuan(amount * figures.failed),
                next=speaker.yuan(amount * (figures.failed + 1)),
                **words,
            )
        )
    if figures.accounts and figures.accounts > 1 and figures.years and figures.years > 1:
        return years(case)
    for frame, count in (("fee_of_applications", figures.applications), ("fee_of_accounts", figures.accounts)):
        if count and count > 1:
            return Computed(speaker.say(frame, count=str(count), total=speaker.yuan(amount * count), **words))
    return years(case)


def years(case: Case) -> Optional[Computed]:
    """Returns what verification costs over several years."""
    count = case.figures.years
    if not count or count < 2:
        return None
    first = figure(verification_fee(case.table, case.as_of), "amount")
    yearly = figure(annual_review(case.table, case.as_of), "amount")
    following = yearly * (count - 1)
    speaker = case.speaker
    accounts = case.figures.accounts or 1
    if accounts > 1:
        each, total = first + following, (first + following) * accounts
        words = {"each": speaker.yuan(each), "total": speaker.yuan(total)}
        return Computed(
            speaker.say(
                "fee_of_accounts_years",
                count=str(accounts),
                years=str(count),
                times=str(count - 1),
                first=speaker.yuan(first),
                amount=speaker.yuan(yearly),
                **words,
            )
        )
    return Computed(
        speaker.say(
            "fee_of_years",
            years=str(count),
            total=speaker.yuan(first + following),
            first=speaker.yuan(first),
            times=str(count - 1),
            amount=speaker.yuan(yearly),
            following=speaker.yuan(following),
        )
    )
