"""The case a question is about, and which rows speak of it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.consult.conditions import Conditions, applies, narrow
from actions.rule_table.model import Account, Row
from tests.actions.asking import TABLE, entities_of

CASES = st.builds(
    Conditions,
    accounts=st.sampled_from([(), ("subscription",), ("service",), ("service", "subscription")]),
    verified=st.sampled_from([None, True, False]),
    subject=st.none() | st.sampled_from(sorted(TABLE.phrases.names["subject"])),
    industry=st.none() | st.sampled_from(sorted(TABLE.phrases.names["industry"])),
    interface=st.none() | st.sampled_from(sorted(TABLE.interfaces)),
)


def ids(rows: list[Row]) -> list[str]:
    return [row.id for row in rows]


def test_conditions_of_entities() -> None:
    found = entities_of(account=["service", "subscription", "service"], verified="no", subject="media", area="pay")
    assert Conditions.from_entities(found) == Conditions(("service", "subscription"), False, "media")


def test_verified_and_unverified_together_say_neither() -> None:
    assert Conditions.from_entities(entities_of(verified=["yes", "no"])).verified is None
    assert Conditions.from_entities(entities_of(verified=["yes", "yes"])).verified is True


@given(CASES)
def test_a_slot_keeps_them(case: Conditions) -> None:
    assert Conditions.from_slot(case.to_slot()) == case


def test_a_slot_of_another_version() -> None:
    assert Conditions.from_slot(None) == Conditions()
    assert Conditions.from_slot({"accounts": ["service"], "amount": 3}) == Conditions(("service",))


@given(CASES, CASES)
def test_completing_leaves_what_was_said(said: Conditions, known: Conditions) -> None:
    completed = said.completed_by(known)
    for name, value in said.to_slot().items():
        expected = value if value not in ((), None) else getattr(known, name)
        assert getattr(completed, name) == expected


@pytest.mark.parametrize(
    ("topic", "case", "expected"),
    [
        ("broadcast_quota", Conditions(("service",)), ["broadcast.quota.service"]),
        ("broadcast_quota", Conditions(("subscription",)), ["broadcast.quota.subscription"]),
        ("broadcast_quota", Conditions(), ["broadcast.quota.subscription", "broadcast.quota.service"]),
        ("menu", Conditions(("service",), False), ["menu.service"]),
        ("permissions", Conditions(("service",)), ["permissions.service.unverified", "permissions.service.verified"]),
        ("permissions", Conditions((), True), ["permissions.subscription.verified", "permissions.service.verified"]),
        ("permissions", Conditions(("subscription",), False), ["permissions.subscription.unverified"]),
        # The only row there is, though it speaks of service accounts: it says who may not.
        ("pay_eligibility", Conditions(("subscription",)), ["pay.eligibility"]),
        ("pay_eligibility", Conditions(("service",), False), ["pay.eligibility"]),
        ("rename", Conditions(subject="individual"), ["name.rename_individual"]),
        ("rename", Conditions(subject="media"), ["name.rename_org"]),
    ],
)
def test_narrow(topic: str, case: Conditions, expected: list[str]) -> None:
    assert ids(narrow(TABLE.rules_of(topic), case)) == expected


def test_a_special_case_comes_only_when_it_is_asked_about() -> None:
    rules = TABLE.rules_of("broadcast_quota")
    assert "broadcast.quota.media" in ids(narrow(rules, Conditions(("subscription",), subject="media")))
    assert "broadcast.quota.media" not in ids(narrow(rules, Conditions(("subscription",), subject="enterprise")))


@given(st.sampled_from(sorted(TABLE.topics)), CASES)
def test_narrowing_keeps_some_of_the_rows_in_their_order(topic: str, case: Conditions) -> None:
    rules = TABLE.rules_of(topic)
    kept = narrow(rules, case)
    assert bool(kept) == bool(rules)
    assert [row for row in rules if row in kept] == kept


@pytest.mark.parametrize(
    ("row", "case", "expected"),
    [
        ("bcast.api_svc", Conditions(), True),
        ("bcast.api_svc", Conditions(("service",), True), True),
        ("bcast.api_svc", Conditions(("service",), False), False),
        ("bcast.api_svc", Conditions(("subscription",)), False),
        ("auth.fee_overseas", Conditions(subject="overseas"), True),
        ("auth.fee_overseas", Conditions(), False),
        ("auth.fee_free", Conditions(subject="government"), True),
        ("auth.fee_free", Conditions(subject="enterprise"), False),
        ("pay.rate_virtual_old", Conditions(industry="virtual"), True),
        ("pay.rate_virtual_old", Conditions(), False),
        ("auth.fee_cn", Conditions(("service",), False, "media", "catering"), True),
    ],
)
def test_applies(row: str, case: Conditions, expected: bool) -> None:
    assert applies(TABLE.rows[row], case) is expected


def test_a_row_without_conditions_bears_on_every_case() -> None:
    open_rows = [row for row in TABLE.rows.values() if not any(value for _, value in row.applies_to)]
    service: tuple[Account, ...] = ("service",)
    cases = [Conditions(accounts, verified) for accounts, verified in product([(), service], [None, True, False])]
    assert all(applies(row, case) for row in open_rows if row.applies_to.verified is None for case in cases)
