"""Computed answers: their figures, their steps, what the rules of another time would give."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Any

import pytest

from actions.consult.circumstances import Circumstances
from actions.consult.reckoning import reckon
from actions.rule_table.loader import load_rule_table
from tests.actions.asking import TODAY
from tests.actions.consult.cases import case_of
from tests.table_copy import TableCopy

SERVICE: dict[str, Any] = {"accounts": ("service",)}
SUBSCRIPTION: dict[str, Any] = {"accounts": ("subscription",)}

RECKONED = [
    ("pay_rate", "a turnover of 3 million yuan", {}, "18,000 yuan to 60,000 yuan"),
    ("pay_rate", "88 yuan of sales", {}, "0.53 yuan to 1.76 yuan"),
    ("pay_rate", "sales of 0.01 yuan", {}, "0 yuan to 0 yuan"),
    ("verification_fee", "we failed twice", {}, "600 yuan (2 × 300 yuan); with the next one it makes 900 yuan"),
    ("verification_fee", "we applied 3 times", {}, "3 × 300 yuan = 900 yuan"),
    ("verification_fee", "for 4 accounts", {}, "4 × 300 yuan = 1,200 yuan"),
    ("verification_fee", "for 2 accounts over three years", {}, "1,800 yuan to verify: 2 × 900 yuan"),
    ("annual_review", "over three years", {}, "900 yuan: 300 yuan in the first year, then 2 × 300 yuan = 600 yuan"),
    ("verification_duration", "apply on 23 November", {}, "Monday, 14 December 2026, after 15 working days"),
    ("verification_duration", "verified by 18 December", {}, "Friday, 27 November 2026"),
    (
        "pay_settlement",
        "sold on 23 November",
        {},
        "Tuesday, 24 November 2026 (T+1) and Wednesday, 2 December 2026 (T+7)",
    ),
    ("broadcast_quota", "two a week", SERVICE, "2 a week is too often for a service account: about 8.7 a month"),
    ("broadcast_quota", "once a week", SERVICE, "1 a week just fits a service account: about 4.3 a month"),
    ("broadcast_quota", "4 times a month", SERVICE, "fits a service account"),
    ("broadcast_quota", "every other day", SUBSCRIPTION, "Once in 2 days fits a subscription account"),
    ("broadcast_quota", "twice a day", SUBSCRIPTION, "too often for a subscription account"),
    ("broadcast_quota", "we have sent 3 this month", SERVICE, "1 left this month"),
    ("broadcast_quota", "we have sent 4 this month", SERVICE, "0 left this month"),
    ("broadcast_quota", "we have sent 5 this month", SERVICE, "nothing is left"),
    ("broadcast_quota", "we have sent 1 today", SUBSCRIPTION, "0 left today"),
    ("broadcast_quota", "we have sent 3 this month", SUBSCRIPTION, "Up to 10 left this month"),
]


@pytest.mark.parametrize(("topic", "text", "conditions", "says"), RECKONED, ids=[text for _, text, *_ in RECKONED])
def test_by_the_guides(topic: str, text: str, conditions: dict[str, Any], says: str) -> None:
    computed = reckon(topic, case_of(text, **conditions))
    assert computed
    assert says in computed.lead


def test_who_is_listed_and_not_listed_is_asked_back() -> None:
    told = Circumstances(conflicts=("listed",))
    computed = reckon("pay_deposit", replace(case_of("the deposit"), told=told))
    assert computed and "Which is right?" in computed.lead
    assert not re.search("20,000", computed.lead)


@pytest.mark.parametrize(
    ("topic", "text", "conditions", "says"),
    [
        ("pay_rate", "一百万流水", {"industry": "catering"}, "6,000元"),
        ("pay_rate", "一百万流水", {"industry": "virtual"}, "10,000元"),
        ("pay_rate", "一百万流水", {}, "多数行业收6,000元"),
        ("verification_duration", "12月18号之前认证", {}, "12月15日（周二）前提交"),
        ("pay_settlement", "9月30日的交易", {}, "10月8日（周四）到账（T+1）"),
    ],
)
def test_as_of_today(topic: str, text: str, conditions: dict[str, Any], says: str) -> None:
    computed = reckon(topic, case_of(text, "zh", TODAY, **conditions))
    assert computed
    assert says in computed.lead
    assert any("指南" in note for note in computed.notes)


def test_a_computation_says_what_today_would_give() -> None:
    computed = reckon("pay_rate", case_of("sales of 1 million yuan", industry="logistics"))
    assert computed
    assert any(
        note.startswith("Under today's rules: your industry pays 0.3%, that is 3,000 yuan") for note in computed.notes
    )


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("pay_rate", "a turnover of 500"),
        ("pay_rate", "$500 of sales"),
        ("pay_rate", "-500 yuan of sales"),
        ("pay_rate", "sales of 99999999999999 yuan"),
        ("pay_deposit", "registered capital of 500"),
        ("verification_duration", "apply on 30 February"),
    ],
)
def test_what_can_not_be_reckoned_with_is_asked_back_without_a_result(topic: str, text: str) -> None:
    computed = reckon(topic, case_of(text))
    assert computed
    assert computed.asks
    assert "×" not in computed.lead
    assert "2026" not in computed.lead


def test_an_amount_without_a_unit_offers_two_to_tap() -> None:
    computed = reckon("pay_rate", case_of("营业额300", "zh"))
    assert computed
    assert computed.choices == ("营业额300元", "营业额300万元")


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (Circumstances(listed="no"), "You pay the deposit of 20,000 yuan: your company is not listed."),
        (Circumstances(listed="yes"), "It depends"),
    ],
)
def test_the_deposit_by_what_was_told(told: Circumstances, says: str) -> None:
    computed = reckon("pay_deposit", case_of(told=told))
    assert computed
    assert computed.lead.startswith(says)


@pytest.mark.parametrize(
    ("text", "listed", "says"),
    [
        ("registered capital of 8 million yuan", "yes", "No deposit"),
        ("registered capital of 5 million yuan", "yes", "No deposit"),
        ("registered capital of 4,999,999.99 yuan", "yes", "You pay the deposit"),
        ("registered capital of 8 million yuan", "no", "You pay the deposit"),
        ("registered capital of 8 million yuan", None, "It depends"),
    ],
)
def test_the_deposit_by_listing_and_capital(text: str, listed: str | None, says: str) -> None:
    computed = reckon("pay_deposit", case_of(text, told=Circumstances(listed=listed)))
    assert computed
    assert computed.lead.startswith(says)


@pytest.mark.parametrize("topic", ["pay_rate", "pay_deposit", "verification_fee", "verification_duration", "menu"])
def test_without_figures_nothing_is_computed(topic: str) -> None:
    assert reckon(topic, case_of("how much is it?")) is None


def test_every_computation_follows_the_table(table_copy: TableCopy) -> None:
    for name, old, new in (
        (
            "verification",
            "amount: {value: 300, unit: CNY, per: application}",
            "amount: {value: 301, unit: CNY, per: application}",
        ),
        ("verification", "amount: {value: 300, unit: CNY, per: year}", "amount: {value: 302, unit: CNY, per: year}"),
        (
            "verification",
            "values: {review: {value: 15, unit: working_day}}",
            "values: {review: {value: 16, unit: working_day}}",
        ),
        ("pay", "highest: {value: 2, unit: percent}", "highest: {value: 2.5, unit: percent}"),
        ("pay", "      capital: {value: 5000000, unit: CNY}", "      capital: {value: 6000000, unit: CNY}"),
        (
            "broadcast",
            "values: {quota: {value: 4, unit: broadcast, per: month}}",
            "values: {quota: {value: 5, unit: broadcast, per: month}}",
        ),
    ):
        table_copy.replace(name, old, new)
    table = load_rule_table(table_copy.folder)

    def lead(topic: str, text: str, **more: Any) -> str:
        computed = reckon(topic, case_of(text, table=table, **more))
        assert computed
        return computed.lead

    assert "2 × 301 yuan" in lead("verification_fee", "we failed twice")
    assert "905 yuan: 301 yuan in the first year, then 2 × 302 yuan" in lead("annual_review", "over three years")
    assert "15 December 2026, after 16 working days" in lead("verification_duration", "apply on 23 November")
    assert "75,000 yuan" in lead("pay_rate", "3 million yuan of sales")
    told = Circumstances(listed="yes")
    assert "under 6,000,000 yuan" in lead("pay_deposit", "registered capital of 5.5 million yuan", told=told)
    assert "2 left this month" in lead("broadcast_quota", "we have sent 3 this month", **SERVICE)


def test_a_day_beside_the_text_is_today() -> None:
    case = case_of("apply today")
    assert case.today == datetime.date(2026, 11, 21)
