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
    table: RuleTable,
    parse: Mapping[str, Any],
    facts: Iterable[str],
    before: Sequence[str],
    learned: Iterable[str] = (),
) -> tuple[Example, list[str]]:
    """Returns an example of a parsed message after the topics answered before, and the topics of its own answer.

    These are the topics of the facts, and the `learned` ones, which a case names itself.
    """
    topics = sorted({*(table.rows[fact].topic for fact in facts), *learned})
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


@dataclass(frozen=True)
class Trial:
    """How a message would fare: the likeliest topic's probability, and whether it is above that of none.

    `ours` is whether the message asks for a topic, `hit` whether an answer would hold a right one, `offered` whether a
    right one would be among the choices.
    """

    confidence: float
    leads: bool
    ours: bool
    hit: bool
    offered: bool


def trial(example: Example, weights: Mapping[str, float]) -> Trial:
    """Returns how the message of an example would fare under some weights."""
    reading = weigh(example.features, weights)
    return Trial(
        confidence=reading.confidence,
        leads=reading.confidence > reading.none,
        ours=NONE not in example.right,
        hit=any(topic in example.right for topic in worth_a_word(reading)),
        offered=any(topic in example.right for topic, _ in reading.topics[:CHOICES]),
    )


def ask_back_below(examples: Sequence[Example], weights: Mapping[str, float]) -> float:
    """Returns the threshold that serves the messages of some examples best."""
    return threshold([trial(each, weights) for each in examples])


def threshold(trials: Sequence[Trial]) -> float:
    """Returns the highest probability below which choices help more than answers.

    A tap is worth half an answer: choices help where the right topic is twice as often among them as it is answered.
    What is less sure than anything in the examples is asked back too: nothing is known of such answers.
    """
    answered = [each for each in trials if each.ours and each.leads]
    for step in range(MOST_STEPS, 0, -1):
        unsure = [each for each in answered if each.confidence < step / 100]
        if sum(each.offered for each in unsure) > 2 * sum(each.hit for each in unsure) or not unsure:
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
