"""Shares and their intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.cases import Case
from bot.evaluation.figures import Figure, figures, whole_dialogues


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


def turn(text: str, *earlier: str, facts: tuple[str, ...] = ("x",), name: str = "d1") -> Case:
    return Case(text, "en", "", facts, dialogue=name, earlier=earlier)


def test_groups() -> None:
    results = [
        (Case("a", "en", "plain", ("fee",)), True),
        (Case("b", "en", "plain", ("fee", "menu")), False),
        (Case("c", "zh", "voice", ("menu", "menu.again")), True),
        (Case("d", "zh", "oos", (), kind="near"), True),
        (Case("e", "en", "oos", (), kind="far"), False),
    ]
    groups = figures(results, {"fee": "cost", "menu": "menus", "menu.again": "menus"})
    assert groups == {
        "all": [Figure("questions", 3, 5)],
        "language, scope": [
            Figure("en, in scope", 1, 2),
            Figure("en, out of scope", 0, 1),
            Figure("zh, in scope", 1, 1),
            Figure("zh, out of scope", 1, 1),
        ],
        "out of scope, near and far": [
            Figure("both, far", 0, 1),
            Figure("both, near", 1, 1),
            Figure("en, far", 0, 1),
            Figure("zh, near", 1, 1),
        ],
        "style (in scope)": [Figure("en, plain", 1, 2), Figure("zh, voice", 1, 1)],
        "dialogues": [],
        "topic": [Figure("cost", 1, 2), Figure("menus", 1, 2)],
    }


def test_the_worst_topic_comes_first() -> None:
    results = [(Case("a", "en", "plain", (fact,)), right) for fact, right in [("a", True), ("b", False), ("b", True)]]
    assert [figure.name for figure in figures(results, {"a": "a", "b": "b"})["topic"]] == ["b", "a"]


def test_turns_of_dialogues() -> None:
    results = [
        (turn("a"), True),
        (turn("b", "a"), False),
        (turn("a", name="d2"), True),
        (turn("b", "a", facts=(), name="d2"), True),
    ]
    groups = figures(results)
    assert groups["all"] == [Figure("turns of dialogues", 3, 4)]
    assert groups["language, scope"] == []
    assert groups["dialogues"] == [
        Figure("en, all turns", 3, 4),
        Figure("en, first turns", 2, 2),
        Figure("en, later turns", 1, 2),
        Figure("en, turns in scope", 2, 3),
        Figure("en, turns without a fact", 1, 1),
        Figure("en, whole dialogues", 1, 2),
    ]


def test_a_dialogue_is_right_where_all_its_turns_are() -> None:
    first, second = turn("a"), turn("a", name="d2")
    results = [
        (first, False),
        (turn("b", "a"), True),
        (Case("q", "en", "plain", ()), True),
        (second, True),
        (turn("c", "a", name="d2"), True),
    ]
    assert whole_dialogues(results) == [(first, False), (second, True)]


def test_nothing_asked() -> None:
    assert [rows for rows in figures([]).values() if rows] == []
