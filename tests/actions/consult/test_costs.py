"""Money: never negative, never rounded wrongly, summed item by item."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.consult.as_of import AsOf
from actions.consult.budget import budget_of
from actions.consult.circumstances import Circumstances
from actions.consult.costs import fee, percent_of
from tests.actions.asking import TABLE, TODAY

GUIDE, NOW = AsOf(None), AsOf(TODAY)
AMOUNTS = st.decimals(0, 10**12, places=2, allow_nan=False, allow_infinity=False)


@given(AMOUNTS, st.decimals(0, 100, places=2))
def test_a_percentage_is_exact_to_half_a_fen(amount: Decimal, percent: Decimal) -> None:
    exact = Fraction(amount) * Fraction(percent) / 100
    assert abs(Fraction(percent_of(amount, percent)) - exact) <= Fraction(1, 200)
    assert percent_of(amount, percent) >= 0


def test_half_a_fen_is_rounded_up() -> None:
    assert percent_of(Decimal("2.5"), Decimal("0.6")) == Decimal("0.02")
    assert percent_of(Decimal("2.50"), Decimal("1.0")) == Decimal("0.03")


def test_no_fee_below_zero() -> None:
    with pytest.raises(ValueError, match="no fee"):
        fee(TABLE, GUIDE, Decimal(-1))


@given(AMOUNTS)
def test_the_range_is_in_order(turnover: Decimal) -> None:
    due = fee(TABLE, GUIDE, turnover)
    assert 0 <= due.least <= due.most <= turnover


@pytest.mark.parametrize(
    ("told", "first", "following"),
    [
        (Circumstances(wishes=("publish",)), (300, 300), (300, 300)),
        (Circumstances(wishes=("wechat_pay",), listed="no"), (20300, 20300), (300, 300)),
        (Circumstances(wishes=("wechat_pay",), listed="yes", capital=Decimal(9000000)), (300, 300), (300, 300)),
        (Circumstances(wishes=("wechat_pay",), capital=Decimal(3000000)), (20300, 20300), (300, 300)),
        (
            Circumstances(wishes=("wechat_pay",), listed="no", turnover=Decimal(100000), turnover_per="month"),
            (27500, 44300),
            (7500, 24300),
        ),
        (Circumstances(subject="individual", wishes=("publish",)), (0, 0), (0, 0)),
    ],
)
def test_the_years_of_a_budget(told: Circumstances, first: tuple[int, int], following: tuple[int, int]) -> None:
    total = budget_of(TABLE, GUIDE, told).total
    assert (total.first, total.first_most) == first
    assert (total.following, total.following_most) == following


def test_what_is_not_known_is_left_open() -> None:
    budget = budget_of(TABLE, GUIDE, Circumstances(wishes=("wechat_pay",)))
    assert budget.open_deposit
    assert budget.fee_open
    assert budget.total.first == 300


def test_today_there_is_no_deposit() -> None:
    assert budget_of(TABLE, NOW, Circumstances(wishes=("wechat_pay",), listed="no")).total.first == 300


def test_an_overseas_company_pays_in_another_currency() -> None:
    budget = budget_of(TABLE, GUIDE, Circumstances(subject="overseas", wishes=("sell",)))
    assert budget.lines == ()
    assert budget.foreign
    assert budget.foreign.id == "auth.fee_overseas"
