"""How many broadcasts are left, and whether a plan fits the quotas."""

from __future__ import annotations

from decimal import Decimal
from typing import Optional

from actions.consult.computed import Case, Computed
from actions.consult.figures import Frequency
from actions.consult.quota import Left, Quota, left, quota_of
from actions.rule_table.consultation import ACCOUNTS
from actions.wording.saying import Speaker


def broadcasts(case: Case) -> Optional[Computed]:
    """Returns how many broadcasts are left, or whether a plan fits the quota."""
    figures = case.figures
    accounts = case.conditions.accounts or ACCOUNTS
    quotas = [quota_of(case.table, account, case.as_of, case.conditions.subject or "") for account in accounts]
    lines: list[str] = []
    if figures.sent is not None:
        per = figures.sent_per or "month"
        lines = [_left(case, left(quota, figures.sent, per, case.today)) for quota in quotas]
    elif figures.frequency is not None:
        lines = [_plan(case, quota, figures.frequency) for quota in quotas]
    return Computed(case.speaker.join(lines)) if lines else None


def _left(case: Case, rest: Left) -> str:
    speaker = case.speaker
    words = {
        "account": speaker.writer.name("account", rest.quota.account),
        "quota": speaker.value(rest.quota.row, "quota"),
        "left": str(rest.left),
        "date": speaker.day(rest.renewed),
    }
    if rest.over and rest.quota.per != "day":
        return speaker.say("left_over", account=words["account"], quota=words["quota"])
    if rest.period == "day":
        return speaker.say("left_day", **words)
    if rest.quota.per == "day":
        return speaker.say("left_month_daily", **words)
    return speaker.say("left_month", sent=str(rest.sent), **words)


def _plan(case: Case, quota: Quota, plan: Frequency) -> str:
    speaker = case.speaker
    return speaker.say(
        "plan_tight" if quota.is_tight(plan) else "plan_fits" if quota.allows(plan) else "plan_exceeds",
        account=speaker.writer.name("account", quota.account),
        plan=plan_in_words(speaker, plan),
        month=speaker.number(round(plan.a_month * 10) / Decimal(10)),
        quota=speaker.value(quota.row, "quota"),
    )


def plan_in_words(speaker: Speaker, plan: Frequency) -> str:
    """Returns how often something is planned: `2 a week`, 每周2次."""
    if plan.times.denominator > 1:
        return speaker.say("plan_every", days=str(plan.times.denominator * (7 if plan.per == "week" else 1)))
    times = speaker.number(plan.times)
    return speaker.say(f"plan_{plan.per}", times=times)
