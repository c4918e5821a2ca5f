"""The decision table: every combination of circumstances yields one recommendation with a reason."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.consult.circumstances import PURPOSES, Circumstances
from actions.consult.deciding import decide
from actions.consult.figures import Frequency
from tests.actions.asking import TABLE

DAILY, WEEKLY, TWICE = (Frequency(Fraction(times), per) for times, per in ((1, "day"), (1, "month"), (2, "week")))
WISHES = (*PURPOSES, *TABLE.interfaces)

CASES = [
    (Circumstances(wishes=("publish",)), "subscription", "publish"),
    (Circumstances(wishes=("serve",)), "service", "serve"),
    (Circumstances(wishes=("publish", "wechat_pay"), frequency=DAILY), "service", "pay"),
    (Circumstances(wishes=("publish",), frequency=TWICE), "subscription", "often"),
    (Circumstances(frequency=WEEKLY), "service", "seldom"),
    (Circumstances(wishes=("wechat_store",)), "service", "store"),
    (Circumstances(wishes=("multi_customer_service",)), "service", "agents"),
    (Circumstances(wishes=("qr_param",)), "service", "tools"),
    (Circumstances(wishes=("template_message",)), "service", "advanced"),
    (Circumstances(wishes=("custom_menu",)), "service", "menu"),
    (Circumstances(wishes=("custom_menu", "publish")), "subscription", "publish"),
    (Circumstances(subject="individual", wishes=("publish",)), "subscription", "person"),
    (Circumstances(subject="individual", wishes=("wechat_pay",)), None, "person_needs_service"),
    (Circumstances(subject="overseas", wishes=("publish",)), "service", "overseas"),
    (Circumstances(), "service", "favoured"),
    (Circumstances(subject="enterprise"), "service", "favoured"),
]


@pytest.mark.parametrize(("told", "account", "row"), CASES, ids=[row for *_, row in CASES])
def test_the_account_and_the_row_that_decides(told: Circumstances, account: str | None, row: str) -> None:
    found = decide(TABLE, told)
    assert found.account == account
    assert row in found.fired


CIRCUMSTANCES = st.builds(
    Circumstances,
    wishes=st.lists(st.sampled_from(WISHES), unique=True, max_size=6).map(tuple),
    lacks=st.lists(st.sampled_from(WISHES), unique=True, max_size=2).map(tuple),
    subject=st.sampled_from([None, *TABLE.phrases.names["subject"]]),
    listed=st.sampled_from([None, "yes", "no"]),
    capital=st.none() | st.integers(0, 10**9).map(Decimal),
    frequency=st.none()
    | st.builds(
        Frequency, st.fractions(Fraction(1, 30), 20, max_denominator=60), st.sampled_from(["day", "week", "month"])
    ),
    brands=st.sampled_from([None, "one", "many"]),
    startup=st.sampled_from([None, "yes"]),
    budget=st.sampled_from([None, "small", "large"]),
)


@settings(max_examples=500)
@given(CIRCUMSTANCES)
def test_every_combination_has_one_recommendation_with_a_reason(told: Circumstances) -> None:
    found = decide(TABLE, told)
    assert found.reasons
    assert all(set(reason.facts) <= set(TABLE.rows) for reason in found.reasons)
    needs = [TABLE.interfaces[wish] for wish in told.wishes if wish in TABLE.interfaces]
    only = any(each.verified_subscription == "no" and each.verified_service != "no" for each in needs)
    if only or "advanced" in told.wishes:
        assert found.account == (None if told.subject == "individual" else "service")
    if told.subject == "individual":
        assert found.account != "service"
