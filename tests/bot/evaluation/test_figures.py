"""Shares and their intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.cases import Case
from bot.evaluation.figures import Figure, figures


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    # Wilson's interval, as R's binom.confint(method = "wilson") gives it.
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (950, 1000, 0.9347, 0.9619)],
)
def test_wilson(right: int, of: int, low: float, high: float) -> None:
    figure = Figure("x", right, of)
    assert (round(figure.low, 4), round(figure.high, 4)) == (low, high)


@given(st.integers(1, 500), st.data())
def test_the_share_lies_in_its_interval(of: int, data: st.DataObject) -> None:
    figure = Figure("x", data.draw(st.integers(0, of)), of)
    assert 0 <= figure.low <= figure.share + 1e-9
    assert figure.share - 1e-9 <= figure.high <= 1


def test_groups() -> None:
    results = [
        (Case("a", "en", "plain", ("x",)), True),
        (Case("b", "en", "plain", ("x",)), False),
        (Case("c", "zh", "voice", ("x",)), True),
        (Case("d", "zh", "plain", ()), True),
    ]
    groups = figures(results)
    assert groups["all"] == [Figure("all", 3, 4)]
    assert groups["language, scope"] == [
        Figure("en, in scope", 1, 2),
        Figure("zh, in scope", 1, 1),
        Figure("zh, out of scope", 1, 1),
    ]
    assert groups["style (in scope)"] == [Figure("en, plain", 1, 2), Figure("zh, voice", 1, 1)]


def test_nothing_asked() -> None:
    assert figures([]) == {"all": [], "language, scope": [], "style (in scope)": []}
