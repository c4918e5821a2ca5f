"""Fits how the conversation is weighed (`actions/consult/reading.py`) to questions and dialogues with known answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from actions.consult.reading import NONE, Features, Tuning, features, names_of, weigh
from actions.consult.resolve import worth_a_word
from actions.consult.turn import Memory, Message
from actions.rule_table.table import RuleTable

Array = NDArray[np.floating[Any]]

# Pulls the weights towards nothing, so that few dialogues don't teach extremes.
REGULARISATION = 0.001

# So many topics are offered where Wenhao asks back.
CHOICES = 3

# Asking back is tried for probabilities of up to so many hundredths.
MOST_STEPS = 50

# An answer that takes more topics is a comparison of everything, which has a topic of its own.
MOST_RIGHT = 5


@dataclass(frozen=True)
class Example:
    """What speaks for each topic (and for NONE) of one message, and which of them are right."""

    features: Mapping[str, Features]
    right: frozenset[str]


def example(
    table: RuleTable, parse: Mapping[str, Any], facts: Iterable[str], before: Sequence[str]
) -> tuple[Example, list[str]]:
    """Returns an example of a parsed message after the topics answered before, and the topics of its own answer."""
    topics = sorted({table.rows[fact].topic for fact in facts})
    memory = Memory(topics=tuple(before))
    found = features(table, Message.from_parse(parse), memory)
    right = {*topics, *_gathering(table, topics)} if topics else {NONE}
    return Example(found, frozenset(right)), topics


def _gathering(table: RuleTable, topics: Sequence[str]) -> list[str]:
    """Returns the topics whose answer holds those of all the topics."""
    wide = [topic for topic in table.topics.values() if topic.gathers and set(topics) <= set(topic.gathers)]
    return [topic.id for topic in wide] if len(topics) > 1 else []


def tune(examples: Sequence[Example]) -> Tuning:
    """Returns the weights fitted to the examples, and from where on asking back serves people better."""
    weights = fit(examples)
    return Tuning(weights, ask_back_below(examples, weights))


def ask_back_below(examples: Sequence[Example], weights: Mapping[str, float]) -> float:
    """Returns the highest probability below which choices help more than answers.

    A tap is worth half an answer: choices help where the right topic is twice as often among them as it is answered.
    What is less sure than anything in the examples is asked back too: nothing is known of such answers.
    """
    asked = [(weigh(each.features, weights), each.right) for each in examples if NONE not in each.right]
    answered = [(reading, right) for reading, right in asked if reading.confidence > reading.none]
    for step in range(MOST_STEPS, 0, -1):
        unsure = [(reading, right) for reading, right in answered if reading.confidence < step / 100]
        hits = sum(any(topic in right for topic in worth_a_word(reading)) for reading, right in unsure)
        offered = sum(any(topic in right for topic, _ in reading.topics[:CHOICES]) for reading, right in unsure)
        if offered > 2 * hits or not unsure:
            return step / 100
    return 0.0


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Returns the weights under which the right topics are likeliest (regularised maximum likelihood)."""
    usable = [each for each in examples if len(each.right) <= MOST_RIGHT]
    names = names_of([each.features for each in usable])
    tables = [_matrix(each, names) for each in usable]
    start = np.array([1.0 if name == "said" else 0.0 for name in names])
    found = minimize(_loss, start, args=(tables,), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {name: round(float(weight), 3) for name, weight in zip(names, found.x, strict=True)}


def _matrix(each: Example, names: Sequence[str]) -> tuple[Array, Array]:
    rows = np.array([[found.get(name, 0.0) for name in names] for found in each.features.values()])
    right = np.array([topic in each.right for topic in each.features])
    return rows, right


def _loss(weights: Array, tables: Sequence[tuple[Array, Array]]) -> tuple[float, Array]:
    """Returns the mean negative log-likelihood with its regularisation, and its gradient."""
    loss, gradient = 0.0, np.zeros_like(weights)
    for rows, right in tables:
        scores = rows @ weights
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        mass = shares[right].sum() + 1e-12
        wanted = np.where(right, shares / mass, 0.0)
        loss -= float(np.log(mass))
        gradient -= rows.T @ (wanted - shares)
    size = len(tables)
    regularised: Array = gradient / size + REGULARISATION * weights
    return loss / size + REGULARISATION * float(weights @ weights) / 2, regularised
