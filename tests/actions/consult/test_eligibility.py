"""For each interface and each kind of account: open, or the way to get there."""

from __future__ import annotations

import itertools

import pytest

from actions.consult.circumstances import Circumstances
from actions.consult.eligibility import way_to
from actions.rule_table.model import Account
from tests.actions.asking import TABLE
from tests.actions.consult.cases import case_of

ACCOUNTS: tuple[Account, Account] = ("subscription", "service")
CASES = list(itertools.product(TABLE.interfaces, ACCOUNTS, (False, True)))


@pytest.mark.parametrize(("name", "account", "verified"), CASES, ids=["-".join(map(str, case)) for case in CASES])
def test_the_way_to_each_interface(name: str, account: Account, verified: bool) -> None:
    interface = TABLE.interfaces[name]
    way = way_to(case_of(accounts=(account,), verified=verified, interface=name), interface.topic)
    if interface.cell(account, verified) != "no":
        assert way is None
        return
    assert way
    assert way.rows == ("verification.fee", "verification.duration")
    assert "300 yuan" in way.text
    assert "15 working days" in way.text
    by_verifying = interface.cell(account, True) != "no"
    assert ("open a service account" in way.text) is not by_verifying
    assert ("apply separately" in way.text) is (
        "apply" in (interface.cell(account, True), interface.cell("service", True))
    )


def test_nothing_is_said_where_the_account_is_not_known() -> None:
    assert way_to(case_of(interface="template_message"), "interface") is None
    assert way_to(case_of(accounts=("service",), interface="template_message"), "interface") is None


def test_a_private_person_needs_an_organisation() -> None:
    way = way_to(case_of(told=Circumstances(subject="individual")), "pay_eligibility")
    assert way
    assert "private person" in way.text
    assert way.rows[0] == "type.individual"


def test_beside_other_answers_the_figures_are_left_out() -> None:
    way = way_to(case_of(accounts=("subscription",), verified=False), "customer_service", with_figures=False)
    assert way
    assert way.rows == ()
    assert "yuan" not in way.text
