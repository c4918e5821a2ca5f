"""Which account to open: the decision table's rows that hold in the circumstances, weighed; a trace of them is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from actions.consult.as_of import AsOf
from actions.consult.circumstances import INDIVIDUAL, Circumstances
from actions.consult.costs import figure
from actions.consult.quota import quota_of
from actions.rule_table.consultation import ACCOUNTS, Advice, Decision, When
from actions.rule_table.model import Account
from actions.rule_table.table import RuleTable

GUIDE = AsOf(None)

# What an interface is wished for without being one of the matrix, and needs a verified service account all the same.
SERVICE_ONLY = ("advanced",)


@dataclass(frozen=True)
class Recommendation:
    """What to open. `account` is None where what is wanted is out of reach.

    `reasons` are the rows that decided, the weightiest first; `against` those for the other type; `advice` what is
    said beside; `fired` the ids of all rows that held, in the table's order.
    """

    account: Optional[Account]
    reasons: tuple[Decision, ...]
    against: tuple[Decision, ...]
    advice: tuple[Advice, ...]
    fired: tuple[str, ...]
    weights: dict[str, int]

    def advised(self, kind: str) -> list[Advice]:
        """Returns the advice of one kind."""
        return [advice for advice in self.advice if advice.kind == kind]


def decide(table: RuleTable, told: Circumstances, as_of: AsOf = GUIDE) -> Recommendation:
    """Returns the recommendation for what was told. Raises ValueError where no row of the table holds."""
    states = states_of(table, told, as_of)
    holding = [row for row in table.decisions.values() if holds(row.when, states)]
    counted = [row for row in holding if not row.breaks_ties]
    weights = {verdict: sum(row.weight for row in counted if row.verdict == verdict) for verdict in VERDICTS}
    verdict = _verdict(weights)
    if verdict is None:
        counted = holding
        verdict = next((row.verdict for row in holding if row.breaks_ties), None)
    if verdict is None:
        raise ValueError("no row of the decision table holds, or the types weigh the same and no row breaks the tie")
    ranked = sorted(counted, key=lambda row: -row.weight)
    against = [row for row in ranked if row.verdict != verdict]
    if verdict == "out_of_reach":
        # What is wanted is told with the reason why it can't be had.
        reasons = [row for row in ranked if row.verdict == verdict] + [
            row for row in against if row.verdict == "service"
        ]
        against = []
    else:
        reasons = [row for row in ranked if row.verdict == verdict]
    states["recommended"] = {verdict}
    advice = tuple(each for each in table.advice.values() if holds(each.when, states))
    account = next((name for name in ACCOUNTS if name == verdict), None)
    return Recommendation(account, tuple(reasons), tuple(against), advice, tuple(row.id for row in counted), weights)


VERDICTS = ("out_of_reach", "service", "subscription")


def _verdict(weights: dict[str, int]) -> Optional[str]:
    if weights["out_of_reach"]:
        return "out_of_reach"
    if weights["service"] == weights["subscription"]:
        return None
    return "service" if weights["service"] > weights["subscription"] else "subscription"


def holds(when: When, states: dict[str, set[str]]) -> bool:
    """Whether all named conditions hold; of a condition's values one suffices."""
    return all(states.get(name, set()) & set(values) for name, values in when.named().items())


def states_of(table: RuleTable, told: Circumstances, as_of: AsOf = GUIDE) -> dict[str, set[str]]:
    """Returns what holds for each condition that a row of the table may name."""
    owner = told.subject or "unknown"
    return {
        "wishes": set(told.wishes),
        "lacks": set(told.lacks),
        "needs": set(_needs(table, told)),
        "subject": {owner, "anyone_else"} if owner != INDIVIDUAL else {owner},
        "listed": {told.listed or "unknown"},
        "capital": {_capital(table, told)},
        "broadcasts": set(_broadcasts(table, told, as_of)),
        "brands": {told.brands or "unknown"},
        "startup": {told.startup or "unknown"},
        "budget": {told.budget or "unknown"},
    }


def _needs(table: RuleTable, told: Circumstances) -> list[str]:
    """Returns what the wished interfaces need: `service`, `verification`, or `nothing`; by the table of permissions."""
    wished = [table.interfaces[wish] for wish in told.wishes if wish in table.interfaces]
    needs = ["service"] if any(wish in SERVICE_ONLY for wish in told.wishes) else []
    if any(each.verified_subscription == "no" and each.verified_service != "no" for each in wished):
        needs.append("service")
    if needs or any(each.unverified_subscription == "no" for each in wished):
        needs.append("verification")
    return needs or ["nothing"]


def _capital(table: RuleTable, told: Circumstances) -> str:
    rows = [row for row in table.rules_of("pay_deposit") if "capital" in row.values]
    if told.capital is None or not rows:
        return "unknown"
    return "below" if told.capital < figure(rows[0], "capital") else "reaches"


def _broadcasts(table: RuleTable, told: Circumstances, as_of: AsOf) -> list[str]:
    if told.frequency is None:
        return ["unknown"]
    fits = {account: quota_of(table, account, as_of).allows(told.frequency) for account in ("service", "subscription")}
    if fits["service"]:
        return ["fits_service"]
    return ["over_service", "fits_subscription" if fits["subscription"] else "over_both"]
