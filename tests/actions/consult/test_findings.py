"""What the table says to a question, as of the guides' time, today, and a day in between."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.consult.as_of import AsOf
from actions.consult.conditions import Conditions
from actions.consult.findings import MOST_CHANGES, Findings, find
from tests.actions.asking import TABLE, TODAY
from tests.actions.consult.test_conditions import CASES

TIMES = ("guide", "today", "2012", "2014-03", "2016", "2019-06-30", "2030")


def found(topic: str, as_of: str = "guide", case: Conditions | None = None) -> Findings:
    return find(TABLE, topic, case or Conditions(), AsOf.parse(as_of, TODAY))


def leads(topic: str, as_of: str = "guide", case: Conditions | None = None) -> list[str]:
    return [row.id for row in found(topic, as_of, case).leads]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("guide", ["broadcast.quota.service"]),
        ("today", ["broadcast.quota.service"]),
        ("2014-03", ["bcast.svc_1"]),
        ("2014-04-14", ["bcast.svc_1"]),
        ("2014-04-15", ["broadcast.quota.service"]),
    ],
)
def test_one_broadcast_a_month_until_april_2014(as_of: str, expected: list[str]) -> None:
    case = Conditions(("service",))
    assert leads("broadcast_quota", as_of, case) == expected
    assert found("broadcast_quota", as_of, case).facts == ["broadcast.quota.service"]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("guide", "pay.deposit"),
        ("2013-06", "pay.deposit_pilot"),
        ("2014-03-01", "pay.deposit"),
        ("2014-09-12", "pay.deposit"),
        ("2014-09-13", "pay.deposit_none"),
        ("today", "pay.deposit_none"),
    ],
)
def test_the_deposit_came_and_went(as_of: str, expected: str) -> None:
    assert leads("pay_deposit", as_of) == [expected]
    assert found("pay_deposit", as_of).facts == ["pay.deposit"]


@pytest.mark.parametrize(
    ("topic", "as_of", "expected"),
    [
        ("pay_eligibility", "2019", "pay.who_2018"),
        ("pay_eligibility", "today", "pay.who_now"),
        ("verification_duration", "2017", "verification.duration"),
        ("verification_duration", "today", "auth.time_3"),
        ("verification_method", "2013-06", "auth.who_2013svc"),
        ("verification_method", "2014-01", "auth.who_2013sub"),
        ("verification_method", "today", "verification.method"),
        ("account_limit", "2018-03", "count.2018a"),
        ("account_limit", "2017", "count.before2018"),
        ("account_limit", "guide", "count.2018b"),
    ],
)
def test_each_time_has_its_rule(topic: str, as_of: str, expected: str) -> None:
    assert leads(topic, as_of) == [expected]


def test_the_guides_rule_has_what_changed_since_beside_it() -> None:
    deposit = found("pay_deposit")
    assert [row.id for row in deposit.changes] == ["pay.deposit_none", "pay.deposit_2014"]
    assert deposit.later == ["pay.deposit_none", "pay.deposit_2014"]


def test_what_was_replaced_in_its_turn_has_no_line() -> None:
    assert "pay.who_2018" not in found("pay_eligibility").later
    assert "pay.who_now" in found("pay_eligibility").later


def test_history_has_no_line() -> None:
    assert "bcast.svc_1" not in found("broadcast_quota", case=Conditions(("service",))).later
    assert "pay.deposit_pilot" not in found("pay_deposit", "today").later


def test_a_special_rule_stands_beside_when_the_case_has_it() -> None:
    assert "auth.fee_overseas" in found("verification_fee", case=Conditions(subject="overseas")).later
    assert "auth.fee_overseas" not in found("verification_fee").later


def test_one_witness_that_a_rule_still_stands_is_enough() -> None:
    agreeing = [row for row in found("annual_review").changes if row.relation and row.relation.value == "agrees"]
    assert len(agreeing) == 1


def test_interface() -> None:
    case = Conditions(("service",), True, interface="template_message")
    template = found("interface", case=case)
    assert template.interface is TABLE.interfaces["template_message"]
    assert template.facts == ["advanced.eligibility"]
    assert template.later == ["if.template"]


@pytest.mark.parametrize("topic", ["pay_rate", "pay_settlement"])
def test_rates_of_an_industry(topic: str) -> None:
    rates = found(topic, case=Conditions(industry="catering")).rates
    assert {rate.subject for rate in rates} == {"enterprise"}
    assert all("catering" in rate.industries for rate in rates)
    assert found(topic).rates == ()


def test_rate_of_a_subject() -> None:
    of_subject = {
        subject: found("pay_rate", case=Conditions(subject=subject, industry=rate.industries[0])).rates
        for rate in TABLE.rates.values()
        for subject in [rate.subject]
    }
    assert all(rate.subject == subject for subject, rates in of_subject.items() for rate in rates)
    assert len(of_subject) > 1


def test_other_topics_have_no_rates() -> None:
    assert found("verification_fee", case=Conditions(industry="catering")).rates == ()


@pytest.mark.parametrize(
    ("topic", "subject", "row"),
    [("verification_fee", "overseas", "auth.fee_overseas"), ("pay_eligibility", "individual", "pay.subject_2014")],
)
def test_a_rule_made_for_the_subject_answers_before_the_general_one(topic: str, subject: str, row: str) -> None:
    case = Conditions(subject=subject)
    assert leads(topic, case=case)[0] == row
    assert found(topic, case=case).facts == [rule.id for rule in TABLE.rules_of(topic)]


@pytest.mark.parametrize(
    ("topic", "as_of", "subject", "row"),
    [
        ("pay_eligibility", "today", "individual", "pay.subject_2014"),
        ("pay_eligibility", "2013-06", "overseas", "pay.subject_2014"),
        ("verification_fee", "2014-03", "overseas", "auth.fee_overseas"),
    ],
)
def test_a_rule_made_for_the_subject_leads_in_its_own_time_alone(
    topic: str, as_of: str, subject: str, row: str
) -> None:
    assert row not in leads(topic, as_of, Conditions(subject=subject))


def test_under_todays_rules_nothing_leads_that_has_ended() -> None:
    for topic in TABLE.topics:
        for row in found(topic, "today").leads:
            assert row.valid.end is None or row.valid.end.first_day > TODAY, row.id
            assert row.valid.start is None or row.valid.start.first_day <= TODAY, row.id


@given(st.sampled_from(sorted(TABLE.topics)), CASES, st.sampled_from(TIMES))
def test_every_finding_is_of_its_topic_and_time(topic: str, case: Conditions, as_of: str) -> None:
    findings = found(topic, as_of, case)
    about = {row.id for row in findings.guide}
    if findings.as_of.is_guide:
        assert [row for row in findings.leads if row.id in about] == list(findings.guide)
    assert len(findings.changes) <= MOST_CHANGES
    assert not [row for row in findings.changes if row in findings.leads]
    beside = findings.interface.later if findings.interface else ()
    for row in (*findings.leads, *findings.changes):
        assert row.id in about or about & set(row.about) or row.id in beside
    assert not set(findings.later) & set(findings.facts)
    assert all(TABLE.rows[row_id].is_guide for row_id in findings.facts)


@given(st.dates(datetime.date(2011, 1, 1), datetime.date(2030, 1, 1)))
def test_exactly_one_quota_of_service_accounts_leads_on_every_day(day: datetime.date) -> None:
    findings = find(TABLE, "broadcast_quota", Conditions(("service",)), AsOf(day))
    assert len(findings.leads) == 1
    expected = (
        "bcast.svc_1" if datetime.date(2013, 8, 5) <= day < datetime.date(2014, 4, 15) else "broadcast.quota.service"
    )
    assert findings.leads[0].id == expected
