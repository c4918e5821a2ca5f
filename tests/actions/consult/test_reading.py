"""What a message most likely asks, given what came before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.consult.conditions import Conditions
from actions.consult.reading import (
    NONE,
    Reading,
    features,
    names_of,
    read,
    shared_tuning,
    varying_conditions,
    word_count,
)
from actions.consult.turn import Memory, Message
from actions.rule_table.model import Topic
from tests.actions.asking import INTENTS, RANKING, TABLE, message
from tests.actions.consult.test_conditions import CASES

ON = "follow_up"
AFTER_FEE = Memory(topics=("verification_fee",))

TOPICS = sorted(TABLE.topics)
# Shares of one, though not always of all intents; and what no classifier should give.
RANKINGS = st.dictionaries(st.sampled_from(INTENTS), st.floats(0, 1), max_size=RANKING).map(
    lambda found: tuple(sorted(found.items(), key=lambda item: -item[1]))
)
ENTITIES = st.fixed_dictionaries(
    {},
    optional={
        "follows": st.just("yes"),
        "area": st.sampled_from([*sorted(TABLE.areas), "elsewhere"]),
        "aspect": st.sampled_from(["cost", "duration", "who", "weather", ["cost", "materials"]]),
        "account": st.sampled_from(["service", "subscription", ["service", "subscription"]]),
        "verified": st.sampled_from(["yes", "no"]),
        "other_product": st.just("yes"),
    },
)
MEMORIES = st.builds(
    Memory,
    topics=st.lists(st.sampled_from([*TOPICS, "gone"]), max_size=4, unique=True).map(tuple),
    conditions=CASES,
    circumstances=CASES,
    as_of=st.none() | st.just("2014-03"),
)
TEXTS = st.text(alphabet="ab 认证?", max_size=80)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """Draws messages with any ranking and any entities."""
    named: dict[str, Any] = draw(ENTITIES)
    read_as = message("out_of_scope", text=draw(TEXTS) or "?", asks=draw(st.booleans()), **named)
    return replace(read_as, ranking=draw(RANKINGS))


def of(text: str, likely: dict[str, float], memory: Memory, **named: Any) -> Reading:
    """Returns the reading of a message that the classifier reads as told."""
    return read(TABLE, message(next(iter(likely)), text=text, likely=likely, **named), memory)


@given(messages(), MEMORIES)
def test_probabilities_are_shares_of_one(said: Message, memory: Memory) -> None:
    found = read(TABLE, said, memory)
    probabilities = [found.none, *(probability for _, probability in found.topics)]
    assert sum(probabilities) == pytest.approx(1)
    assert all(0 <= probability <= 1 for probability in probabilities)


@given(messages(), MEMORIES)
def test_every_topic_has_its_place_the_likeliest_first(said: Message, memory: Memory) -> None:
    found = read(TABLE, said, memory)
    assert sorted(topic for topic, _ in found.topics) == TOPICS
    ranked = [probability for _, probability in found.topics]
    assert ranked == sorted(ranked, reverse=True)
    assert (found.likeliest, found.confidence) == found.topics[0]


@given(messages(), MEMORIES)
def test_what_came_before_counts_only_after_an_answer(said: Message, memory: Memory) -> None:
    assert features(TABLE, said, replace(memory, topics=())) == features(TABLE, said, Memory())


@given(messages(), MEMORIES)
def test_topics_that_the_table_has_lost_are_ignored(said: Message, memory: Memory) -> None:
    known = replace(memory, topics=tuple(topic for topic in memory.topics if topic in TABLE.topics))
    assert features(TABLE, said, memory) == features(TABLE, said, known)


@given(messages(), MEMORIES)
def test_features_that_say_nothing_are_left_out(said: Message, memory: Memory) -> None:
    found = features(TABLE, said, memory)
    assert all(value for each in found.values() for value in each.values())
    assert all(name.startswith("none") for name in found[NONE])
    assert not [name for topic in TOPICS for name in found[topic] if name.startswith("none")]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_plain_question_is_read_as_its_topic(topic: str) -> None:
    for memory in (Memory(), AFTER_FEE):
        found = read(TABLE, message(f"ask_{topic}", likely={f"ask_{topic}": 0.97}), memory)
        assert found.likeliest == topic
        assert found.confidence > 0.5


@pytest.mark.parametrize(
    "topic", [topic for topic in TABLE.topics.values() if not topic.gathers], ids=lambda topic: topic.id
)
@pytest.mark.parametrize("text", ["and then?", "那呢"])
def test_a_follow_up_with_nothing_in_it_stays_on_the_topic(topic: Topic, text: str) -> None:
    found = of(text, {ON: 0.97}, Memory(topics=(topic.id,)), follows="yes")
    assert found.likeliest == topic.id
    assert found.confidence > found.none


@pytest.mark.parametrize(
    ("text", "before", "aspect", "expected"),
    [
        ("and how long does it take?", "verification_fee", "duration", "verification_duration"),
        ("那要多久", "verification_fee", "duration", "verification_duration"),
        ("and the papers?", "verification_duration", "materials", "verification_materials"),
        ("and the deposit?", "pay_rate", "deposit", "pay_deposit"),
        ("那费率呢", "pay_deposit", "rate", "pay_rate"),
        ("what is it good for?", "menu", "benefits", "menu_benefits"),
    ],
)
def test_an_aspect_leads_to_the_topic_of_the_same_area(text: str, before: str, aspect: str, expected: str) -> None:
    """The classifier alone has little more than a hint of it."""
    likely = {ON: 0.96, "out_of_scope": 0.005, f"ask_{expected}": 0.004}
    found = of(text, likely, Memory(topics=(before,)), follows="yes", aspect=aspect)
    assert found.likeliest == expected
    plain = of(text, likely, Memory(topics=(before,)), follows="yes")
    assert dict(found.topics)[expected] > dict(plain.topics)[expected], "the aspect speaks for it"


def test_another_case_speaks_for_a_topic_that_varies_by_it() -> None:
    after_menu = Memory(topics=("menu",))
    named = features(TABLE, message(ON, account="subscription"), after_menu)
    assert "other case" in named["menu"]
    assert "other case" not in features(TABLE, message(ON), after_menu)["menu"]
    assert "other case" not in features(TABLE, message(ON, account="subscription"), AFTER_FEE)["verification_fee"]


def test_a_suggested_topic_is_likelier_than_before() -> None:
    suggested = TABLE.topics["verification_fee"].suggests[0]
    likely = {f"ask_{suggested}": 0.3, "out_of_scope": 0.4}
    at_first, after = (of("that of every year", likely, memory) for memory in (Memory(), AFTER_FEE))
    assert dict(after.topics)[suggested] > dict(at_first.topics)[suggested]


@pytest.mark.parametrize("text", ["Who won the football match?", "帮我写一首诗", "What's the weather like tomorrow?"])
@pytest.mark.parametrize("memory", [Memory(), AFTER_FEE, Memory(topics=("pay_deposit", "pay_rate"))])
def test_out_of_scope_stays_none(text: str, memory: Memory) -> None:
    assert of(text, {"out_of_scope": 0.99}, memory).none > 0.5


@pytest.mark.parametrize("intent", ["greet", "thank", "goodbye", "affirm", "deny", "request_human", "give_context"])
@pytest.mark.parametrize("memory", [Memory(), AFTER_FEE])
def test_what_asks_nothing_is_none(intent: str, memory: Memory) -> None:
    found = read(TABLE, message(intent, likely={intent: 0.97}), memory)
    assert found.none > found.confidence


def test_a_remark_amends_the_question_before_it() -> None:
    likely = {"give_context": 0.8, "ask_permissions": 0.068, ON: 0.059}
    found = of("it's not verified", likely, Memory(topics=("permissions",)), verified="no", asks=False)
    assert found.likeliest == "permissions"
    assert found.confidence > found.none


def test_every_weight_is_that_of_a_feature() -> None:
    """A weight of another name would count for nothing, and nobody would see it."""
    said = message(
        ON,
        likely={ON: 0.5, "give_context": 0.2, "out_of_scope": 0.1},
        aspect=["duration", "cost"],
        area="pay",
        account="service",
        verified="no",
        other_product="yes",
    )
    dated = replace(said, asked_as_of="today")
    after = (AFTER_FEE, Memory(topics=("menu",)), Memory())
    found = [features(TABLE, each, memory) for each in (said, dated) for memory in after]
    assert set(shared_tuning().weights) <= set(names_of(found))
    assert all(isinstance(weight, float) for weight in shared_tuning().weights.values())


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("permissions", {"account", "verified"}),
        ("broadcast_quota", {"account"}),
        ("verification_fee", set()),
        ("pay_overview", set()),
    ],
)
def test_conditions_by_which_a_topic_varies(topic: str, expected: set[str]) -> None:
    assert varying_conditions(TABLE, topic) == expected


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("how long?", 2), ("认证要多久", 2.5), ("service account 的 menu 呢", 4)]
)
def test_words_are_counted_alike_in_both_languages(text: str, count: float) -> None:
    assert word_count(text) == count


def test_conditions_known_before_are_no_words_of_the_message() -> None:
    known = Memory(topics=("menu",), conditions=Conditions(("service",), True))
    assert features(TABLE, message(ON), known) == features(TABLE, message(ON), replace(known, conditions=Conditions()))
