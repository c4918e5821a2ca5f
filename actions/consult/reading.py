"""What a message most likely asks, given what came before: a log-linear model over the topics.

The classifier reads a message by itself; what "and how long?" asks depends on the last answer. Here the classifier's
confidences and what the conversation tells are weighed into one probability for each topic and for none of them. The
weights stand in `weights.yml`, fitted on the development sets by `wenhao tune`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Iterator, Mapping, Sequence

import yaml

from actions.consult.turn import TOPIC_PREFIX, Memory, Message
from actions.rule_table.model import Topic
from actions.rule_table.table import RuleTable

WEIGHTS_FILE = Path(__file__).with_name("weights.yml")

Weights = Mapping[str, float]
Features = dict[str, float]

# "Nothing on our topics": out of scope, small talk, a remark.
NONE = ""

FOLLOWING = ("follow_up", "choose_option")
AMENDING = ("give_context", "deny", "affirm")
SMALL_TALK = ("greet", "thank", "goodbye", "affirm", "request_human", "ask_capabilities", "ask_source")
OUT_OF_SCOPE = "out_of_scope"

# A message of so many words (two Chinese characters count as one) is no longer short.
LONG = 8.0

# Confidences below are noise.
FLOOR = 1e-4


@dataclass(frozen=True)
class Reading:
    """The probability of every topic, the likeliest first, and of none; they sum to 1."""

    topics: tuple[tuple[str, float], ...]
    none: float

    @property
    def likeliest(self) -> str:
        """The likeliest topic."""
        return self.topics[0][0]

    @property
    def confidence(self) -> float:
        """The likeliest topic's probability."""
        return self.topics[0][1]


def read(table: RuleTable, message: Message, memory: Memory) -> Reading:
    """Reads a message after what came before."""
    return weigh(features(table, message, memory), shared_tuning().weights)


def weigh(found: Mapping[str, Features], weights: Weights) -> Reading:
    """Returns the probabilities that the signs of each topic and of NONE give."""
    scores = {
        name: sum(weights.get(sign, 0.0) * value for sign, value in signs.items()) for name, signs in found.items()
    }
    most = max(scores.values())
    powers = {name: math.exp(score - most) for name, score in scores.items()}
    total = sum(powers.values())
    none = powers.pop(NONE) / total
    ranked = sorted(powers.items(), key=lambda item: -item[1])
    return Reading(tuple((topic, power / total) for topic, power in ranked), none)


@dataclass(frozen=True)
class Tuning:
    """What was learned from the development sets.

    `weights` by the name of the sign; `ask_back_below`: the probability of the likeliest topic below which people are
    served better by choices to tap than by an answer.
    """

    weights: Weights
    ask_back_below: float


@lru_cache(maxsize=1)
def shared_tuning() -> Tuning:
    """Returns the tuning of `weights.yml`."""
    return Tuning(**yaml.safe_load(WEIGHTS_FILE.read_text(encoding="utf-8")))


def features(table: RuleTable, message: Message, memory: Memory) -> dict[str, Features]:
    """Returns what speaks for each topic and for NONE, by name."""
    form = _Form.of(table, message)
    found = {topic.id: _of_topic(table, topic, form, memory) for topic in table.topics.values()}
    return {**found, NONE: _of_none(form, any(topic in table.topics for topic in memory.topics))}


@dataclass(frozen=True)
class _Form:
    """What a message shows by itself."""

    confidences: Mapping[str, float]
    topics: float
    aspects: frozenset[str]
    areas: frozenset[str]
    conditions: frozenset[str]
    brevity: float
    following: float
    amending: float
    remark: float
    goes_on: bool
    asks: bool
    foreign: bool
    dated: bool
    small_talk: float

    @classmethod
    def of(cls, table: RuleTable, message: Message) -> _Form:
        question = message.question
        confidences = dict(message.ranking)
        return cls(
            confidences=confidences,
            topics=sum(confidences.get(TOPIC_PREFIX + topic, 0.0) for topic in table.topics),
            aspects=frozenset(question.values_of("aspect")),
            areas=frozenset(question.values_of("area")),
            conditions=frozenset(name for name in ("account", "verified") if question.value_of(name)),
            brevity=max(0.0, 1 - word_count(message.text) / LONG),
            following=sum(confidences.get(intent, 0.0) for intent in FOLLOWING),
            amending=sum(confidences.get(intent, 0.0) for intent in AMENDING),
            remark=confidences.get("give_context", 0.0),
            goes_on=any(found["entity"] == "follows" and found.get("start") == 0 for found in question.entities),
            asks=message.asks,
            foreign=question.value_of("other_product") is not None,
            dated=message.asked_as_of is not None,
            small_talk=sum(confidences.get(intent, 0.0) for intent in SMALL_TALK),
        )

    @property
    def asks_on(self) -> bool:
        """Whether it asks, or goes on from the last answer, rather than tells."""
        return self.asks or self.following > self.remark

    @property
    def none(self) -> float:
        """What the classifier gives to anything but topics and going on."""
        return max(0.0, 1 - self.topics - self.following)


def _of_topic(table: RuleTable, topic: Topic, form: _Form, memory: Memory) -> Features:
    confidence = form.confidences.get(TOPIC_PREFIX + topic.id, 0.0)
    among = math.log((confidence + FLOOR / 1000) / (form.topics + FLOOR / 10) + 0.01)
    found = {
        "said": _log(confidence),
        "said, short": _log(confidence) * form.brevity,
        "said, among topics": among,
        "said, among topics, following": among * form.following,
        "area named": float(topic.area in form.areas),
        "other aspect named": float(bool(form.aspects and topic.aspects) and not form.aspects & set(topic.aspects)),
        **dict(_from_context(table, topic, form, memory)),
    }
    return {name: value for name, value in found.items() if value}


def _from_context(table: RuleTable, topic: Topic, form: _Form, memory: Memory) -> Iterator[tuple[str, float]]:
    """Yields what the last answer says for a topic, and how much a message that goes on says of it more."""
    last = [table.topics[name] for name in memory.topics if name in table.topics]
    if not last or topic.gathers:
        # Nobody goes on from an answer to everything.
        return
    same = topic.id in memory.topics
    near = not same and any(topic.area == other.area for other in last)
    having = bool(form.aspects.intersection(topic.aspects))
    signs = {
        "same": same,
        "same area": near,
        "suggested": form.asks_on and any(topic.id in other.suggests for other in last),
        "aspect, same area": having and (same or near),
        "aspect, elsewhere": having and not (same or near),
        "other case": same and bool(form.conditions & varying_conditions(table, topic.id)),
        "other time": same and form.dated,
        "area named, going on": topic.area in form.areas and not same,
        "area named, last aspect": topic.area in form.areas and not same and _share_aspects(topic, last),
    }
    for name in (name for name, holds in signs.items() if holds):
        yield name, 1.0
        yield f"{name}, following", form.following
        yield f"{name}, short", form.brevity
    if same:
        yield "same, going on", float(form.goes_on)
        yield "same, amending", form.amending
        yield "same, asks", float(form.asks)
    if near:
        yield "same area, going on", float(form.goes_on)


def _share_aspects(topic: Topic, last: Sequence[Topic]) -> bool:
    return any(set(topic.aspects) & set(other.aspects) for other in last)


def _of_none(form: _Form, in_conversation: bool) -> Features:
    found = {
        "none": 1.0,
        "none, said": _log(form.none),
        "none, out of scope": _log(form.confidences.get(OUT_OF_SCOPE, 0.0)),
        "none, short": form.brevity,
        "none, asks": float(form.asks),
        "none, remark": form.remark,
        "none, small talk": form.small_talk,
        "none, remark that asks": form.remark * form.asks,
        "none, foreign": float(form.foreign),
        "none, in conversation": float(in_conversation),
        "none, in conversation, short": form.brevity * in_conversation,
        "none, in conversation, following": form.following * in_conversation,
    }
    return {name: value for name, value in found.items() if value}


def varying_conditions(table: RuleTable, topic: str) -> frozenset[str]:
    """Returns the conditions by which a topic's rows differ."""
    cases = [row.applies_to for row in table.rules_of(topic)]
    account = any(case.account for case in cases)
    verified = any(case.verified is not None for case in cases)
    return frozenset(name for name, varies in (("account", account), ("verified", verified)) if varies)


def word_count(text: str) -> float:
    """Returns the number of words in a text; two Chinese characters count as one."""
    return sum(1 if word.isascii() else len(word) / 2 for word in text.split())


def names_of(features_by_topic: Sequence[Mapping[str, Features]]) -> list[str]:
    """Returns the names of all features, sorted."""
    return sorted({name for found in features_by_topic for each in found.values() for name in each})


def _log(confidence: float) -> float:
    return math.log(confidence + FLOOR)
