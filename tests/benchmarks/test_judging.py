"""One measure of right for every system: the intent's topic covers the expected facts."""

from __future__ import annotations

import pytest

from actions.rule_table.loader import load_rule_table
from benchmarks.judging import FactsByIntent, facts_by_intent, is_right
from benchmarks.suite import PROJECT
from bot.evaluation.cases import Case


@pytest.fixture(scope="module")
def covered() -> FactsByIntent:
    return facts_by_intent(load_rule_table(PROJECT / "data" / "rule_table"))


@pytest.mark.parametrize(
    ("facts", "intent", "right"),
    [
        (("verification.fee",), "ask_verification_fee", True),
        (("verification.fee",), "ask_pay_deposit", False),
        (("verification.fee",), "nlu_fallback", False),
        (("verification.fee", "verification.duration"), "ask_verification_fee", False),
        (("broadcast.quota.subscription", "broadcast.quota.service"), "ask_broadcast_quota", True),
        (("broadcast.quota.service",), "ask_difference", True),
        (("advanced.eligibility",), "ask_interface", True),
        ((), "out_of_scope", True),
        ((), "nlu_fallback", True),
        ((), "ask_rename", True),
        ((), "ask_verification_fee", False),
    ],
)
def test_right_is_what_covers_the_facts(
    covered: FactsByIntent, facts: tuple[str, ...], intent: str, right: bool
) -> None:
    assert is_right(Case("?", "en", "plain", facts), intent, covered) is right
