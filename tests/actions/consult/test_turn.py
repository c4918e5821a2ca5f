"""What was said, and what is remembered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.consult.conditions import Conditions
from actions.consult.turn import Memory, Message, Question
from tests.actions.asking import entities_of, parsed
from tests.actions.consult.test_conditions import CASES

IDS = st.lists(st.text("abc_", min_size=1), max_size=3).map(tuple)
MEMORIES = st.builds(
    Memory,
    topics=IDS,
    asked=IDS,
    choices=IDS,
    conditions=CASES,
    circumstances=CASES,
    as_of=st.none() | st.just("2014-03"),
    rows=IDS,
    language=st.none() | st.sampled_from(["en", "zh"]),
    traditional=st.booleans(),
)


@given(MEMORIES)
def test_slots_keep_the_memory_as_json(memory: Memory) -> None:
    assert Memory.from_slots(json.loads(json.dumps(memory.to_slots()))) == memory


@pytest.mark.parametrize("slots", [{}, {"memory": None, "circumstances": None, "language": None}, {"other": 1}])
def test_a_new_conversation_remembers_nothing(slots: dict[str, Any]) -> None:
    assert Memory.from_slots(slots) == Memory()


def test_topic_of_an_intent() -> None:
    assert Question("ask_verification_fee").topic == "verification_fee"
    assert Question("follow_up").topic == ""
    assert Question("").topic == ""


def test_entities_of_a_question() -> None:
    question = Question("ask_menu", tuple(entities_of(account=["service", "subscription", "service"], area="menu")))
    assert question.value_of("account") == "service"
    assert question.values_of("account") == ["service", "subscription"]
    assert question.value_of("option") is None
    assert question.conditions == Conditions(("service", "subscription"))


def test_message_of_a_parse() -> None:
    message = Message.from_parse(parsed("ask_menu", "zh", "2014-03", account="service") | {"traditional": True})
    assert (message.intent, message.confidence, message.language, message.traditional) == ("ask_menu", 0.9, "zh", True)
    assert message.as_of == "2014-03"
    assert [question.intent for question in message.questions] == ["ask_menu"]
    assert message.conditions == Conditions(("service",))


def test_two_questions_of_one_message() -> None:
    two = [{"intent": "ask_menu", "entities": entities_of(account="service")}, {"intent": "ask_choose", "entities": []}]
    message = Message.from_parse({**parsed("ask_menu"), "questions": two})
    assert [question.intent for question in message.questions] == ["ask_menu", "ask_choose"]


@pytest.mark.parametrize(
    ("memory", "language", "traditional"),
    [
        (None, "en", False),
        (Memory(), "en", False),
        (Memory(language="zh"), "zh", False),
        (Memory(language="zh", traditional=True), "zh", True),
    ],
)
def test_a_message_without_words_is_in_the_language_and_script_of_the_last(
    memory: Memory | None, language: str, traditional: bool
) -> None:
    message = Message.from_parse({**parsed("choose_option"), "language": None}, memory)
    assert (message.language, message.traditional) == (language, traditional)


def test_a_message_with_words_is_in_its_own_script() -> None:
    message = Message.from_parse(parsed("ask_menu", "zh"), Memory(language="zh", traditional=True))
    assert not message.traditional


@pytest.mark.parametrize("parse", [{}, {"text": None, "intent": None, "entities": None, "metadata": None}])
def test_a_parse_without_anything(parse: dict[str, Any]) -> None:
    message = Message.from_parse(parse)
    assert (message.text, message.intent, message.confidence, message.as_of) == ("", "", 0.0, None)
    assert len(message.questions) == 1
