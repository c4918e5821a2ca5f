"""Fitting the weights of what a conversation tells, to examples with known answers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from actions.consult.reading import NONE, Features
from bot.evaluation import tuning
from bot.evaluation.tuning import MOST_RIGHT, REGULARISATION, Example, example, fit
from tests.actions.asking import TABLE, parsed

FEE, DURATION = "verification_fee", "verification_duration"

# In a small world of three topics the aspect tells which is asked, and nothing but what was said tells that none is.
SMALL = [
    Example({"a": {"said": -1.0, "aspect": 1.0}, "b": {"said": -1.0}, NONE: {"none": 1.0}}, frozenset({"a"})),
    Example({"a": {"said": -1.0}, "b": {"said": -1.0, "aspect": 1.0}, NONE: {"none": 1.0}}, frozenset({"b"})),
    Example({"a": {"said": -0.1}, "b": {"said": -6.0}, NONE: {"none": 1.0}}, frozenset({"a"})),
    Example({"a": {"said": -9.0}, "b": {"said": -9.0}, NONE: {"none": 1.0}}, frozenset({NONE})),
]


def probabilities(weights: Mapping[str, float], features: Mapping[str, Features]) -> dict[str, float]:
    """Returns the probabilities of topics and NONE under some weights."""
    scores = {
        topic: sum(weights.get(name, 0.0) * value for name, value in found.items()) for topic, found in features.items()
    }
    total = sum(map(math.exp, scores.values()))
    return {topic: math.exp(score) / total for topic, score in scores.items()}


def matrices(examples: Sequence[Example], names: Sequence[str]) -> list[tuple[tuning.Array, tuning.Array]]:
    return [tuning._matrix(each, names) for each in examples]


def test_the_right_topics_become_the_likeliest() -> None:
    weights = fit(SMALL)
    for each in SMALL:
        found = probabilities(weights, each.features)
        assert max(found, key=found.__getitem__) in each.right
    assert weights["aspect"] > 0
    assert weights["said"] > 0


def test_each_of_several_right_topics_will_do() -> None:
    both = Example({"a": {"x": 1.0}, "b": {"y": 1.0}, "c": {"z": 1.0}, NONE: {}}, frozenset({"a", "b"}))
    found = probabilities(fit([both]), both.features)
    assert found["a"] + found["b"] > found["c"] + found[NONE]


def test_fitting_is_the_same_every_time() -> None:
    assert fit(SMALL) == fit(list(SMALL))


def test_every_feature_has_a_weight_short_enough_to_read() -> None:
    weights = fit(SMALL)
    assert list(weights) == ["aspect", "none", "said"], "in the order of their names"
    assert all(weight == round(weight, 3) for weight in weights.values())


def test_what_tells_nothing_has_no_weight() -> None:
    idle = [Example({**each.features, "c": {"said": -9.0, "idle": 0.0}}, each.right) for each in SMALL]
    assert fit(idle)["idle"] == 0.0


@pytest.mark.parametrize("count", [MOST_RIGHT, MOST_RIGHT + 1])
def test_answers_that_take_too_many_topics_teach_nothing(count: int) -> None:
    names = [f"t{place}" for place in range(count)]
    wide = Example({**{name: {"wide": 1.0} for name in names}, "a": {"said": -1.0}, NONE: {}}, frozenset(names))
    assert ("wide" in fit([*SMALL, wide])) is (count == MOST_RIGHT)


@pytest.mark.parametrize("seed", range(5))
def test_the_gradient_is_that_of_the_loss(seed: int) -> None:
    names = ["aspect", "none", "said"]
    found = matrices(SMALL, names)
    weights = np.random.default_rng(seed).normal(size=len(names))
    _, gradient = tuning._loss(weights, found)
    assert np.allclose(gradient, approx_fprime(weights, lambda each: tuning._loss(each, found)[0], 1e-6), atol=1e-4)


def test_the_loss_is_the_mean_surprise_and_what_large_weights_cost() -> None:
    weights = np.array([2.0, -1.0, 0.5])
    names = ["aspect", "none", "said"]
    loss, _ = tuning._loss(weights, matrices(SMALL, names))
    surprise = []
    for each in SMALL:
        found = probabilities(dict(zip(names, weights, strict=True)), each.features)
        surprise.append(-math.log(sum(found[topic] for topic in each.right)))
    assert loss == pytest.approx(np.mean(surprise) + REGULARISATION * float(weights @ weights) / 2)


def test_fitted_weights_are_better_than_those_it_starts_from() -> None:
    weights = fit(SMALL)
    found = matrices(SMALL, list(weights))
    start = np.array([1.0 if name == "said" else 0.0 for name in weights])
    assert tuning._loss(np.array(list(weights.values())), found)[0] < tuning._loss(start, found)[0]


def test_an_example_of_a_first_message() -> None:
    made, topics = example(TABLE, parsed("ask_menu"), ["menu.service", "menu.subscription"], [])
    assert topics == ["menu"]
    assert made.right == {"menu"}
    assert set(made.features) == {*TABLE.topics, NONE}
    assert not [name for name in made.features["menu"] if name.startswith("same")]


def test_an_example_of_what_is_not_ours() -> None:
    made, topics = example(TABLE, parsed("out_of_scope"), [], [FEE])
    assert topics == []
    assert made.right == {NONE}


def test_an_example_after_an_answer() -> None:
    made, topics = example(TABLE, parsed("follow_up", aspect="duration"), ["verification.duration"], [FEE])
    assert topics == [DURATION]
    assert made.right == {DURATION}
    assert "same" in made.features[FEE]
    assert "aspect, same area" in made.features[DURATION]


def test_a_topic_that_gathers_all_that_was_expected_is_right_too() -> None:
    made, topics = example(TABLE, parsed("ask_pay_costs"), ["pay.deposit", "pay.rate"], [])
    assert topics == ["pay_deposit", "pay_rate"]
    assert made.right == {"pay_deposit", "pay_rate", "pay_costs", "pay_overview", "total_costs"}
    single, _ = example(TABLE, parsed("ask_pay_rate"), ["pay.rate"], [])
    assert single.right == {"pay_rate"}
