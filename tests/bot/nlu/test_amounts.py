"""Amounts in both languages: how much, of what currency, for what; what is no amount; what is none to reckon with."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.amounts import find_amounts
from bot.nlu.text import normalise


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三百万", 3_000_000),
        ("500w", 5_000_000),
        ("3 million", 3_000_000),
        ("2万", 20_000),
        ("50k", 50_000),
        ("20,000元", 20_000),
        ("30 000 yuan", 30_000),
        ("1.5亿", 150_000_000),
        ("2万5", 25_000),
        ("三万五", 35_000),
        ("一百二十万", 1_200_000),
        ("两个亿", 200_000_000),
        ("1个亿", 100_000_000),
        ("3百万", 3_000_000),
        ("half a million", 500_000),
        ("one and a half million yuan", 1_500_000),
        ("twenty-five thousand yuan", 25_000),
        ("¥1,200.50", Decimal("1200.50")),
        ("￥３００", 300),
        ("一千二百零五元", 1205),
        ("兩百萬", 2_000_000),
    ],
)
def test_amounts_are_read(text: str, number: Decimal) -> None:
    assert [amount.number for amount in find_amounts(normalise(text))] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "3 million followers",
        "粉丝3万",
        "两个公众号",
        "first of all",
        "第三方",
        "T+7",
        "0.6%",
        "20% of it",
        "15 working days",
        "一个月发几次",
        "we sell 200 items",
        "in 2 days",
        "5 mins",
    ],
)
def test_what_is_counted_is_no_money(text: str) -> None:
    assert find_amounts(normalise(text)) == []


@pytest.mark.parametrize(
    ("text", "role", "per"),
    [
        ("注册资本三百万", "capital", ""),
        ("3 million of capital", "capital", ""),
        ("our monthly turnover is 300k", "turnover", "month"),
        ("一年流水八百万元", "turnover", "year"),
        ("we take in 50k a month", "turnover", "month"),
        ("每天收款3000元", "turnover", "day"),
        ("a budget of 5,000 rmb", "budget", ""),
    ],
)
def test_what_an_amount_is_for(text: str, role: str, per: str) -> None:
    found = find_amounts(normalise(text))
    assert [(amount.role, amount.per) for amount in found] == [(role, per)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a turnover of -5000 yuan", "negative"),
        ("营业额负三万元", "negative"),
        ("$20,000 of sales", "currency"),
        ("流水2万美元", "currency"),
        ("sales of 300 euros", "currency"),
        ("营业额300", "unit"),
        ("a turnover of 500", "unit"),
        ("营业额99999999999999元", "absurd"),
        ("营业额300元", ""),
        ("a turnover of 500k", ""),
    ],
)
def test_what_can_not_be_reckoned_with_is_told_apart(text: str, problem: str) -> None:
    assert [amount.problem for amount in find_amounts(normalise(text))] == [problem]


@given(st.integers(1, 10**11))
def test_every_whole_amount_of_yuan_is_read_to_the_last_digit(number: int) -> None:
    for text in (f"{number}元", f"{number:,} yuan"):
        assert [amount.number for amount in find_amounts(text)] == [number]


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    for amount in find_amounts(normalise(text)):
        assert 0 <= amount.start < amount.end
