"""What was said, and what is remembered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.consult.conditions import Conditions
from actions.consult.turn import Memory, Message, Question
from tests.actions.asking import PLAIN, entities_of, parsed, parsed_pieces, piece
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
    assert (message.question.intent, message.question.topic) == ("ask_menu", "menu")
    assert message.question.conditions == Conditions(("service",))
    assert (message.asks, message.pieces) == (True, ())


def test_the_ranking_has_every_likely_intent_with_its_confidence() -> None:
    message = Message.from_parse(parsed("ask_menu", likely={"ask_menu": 0.6, "ask_menu_benefits": 0.3}))
    assert message.ranking[:2] == (("ask_menu", 0.6), ("ask_menu_benefits", 0.3))
    confidences = [confidence for _, confidence in message.ranking]
    assert confidences == sorted(confidences, reverse=True)


def test_a_message_may_ask_for_the_rules_of_another_time() -> None:
    parse = parsed("ask_menu", as_of="2014-03")
    message = Message.from_parse({**parse, "entities": entities_of(as_of="today")})
    assert (message.as_of, message.asked_as_of) == ("2014-03", "today")


def test_pieces_of_a_message() -> None:
    asked = parsed_pieces(piece("ask_menu", account="service"), piece("ask_choose", text="and which do we choose?"))
    message = Message.from_parse({**asked, "language": "zh", "traditional": True, "metadata": {"as_of": "2014-03"}})
    assert [piece.intent for piece in message.pieces] == ["ask_menu", "ask_choose"]
    assert [piece.question.conditions.accounts for piece in message.pieces] == [("service",), ()]
    assert message.question.conditions.accounts == ("service",)
    for each in message.pieces:
        assert each.ranking[0] == (each.intent, PLAIN)
        assert each.asks
        assert each.pieces == ()
        assert (each.language, each.traditional, each.as_of) == ("zh", True, "2014-03"), "as of the whole message"
    assert message.pieces[1].text == "and which do we choose?"


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
    assert message.question == Question("")
    assert (message.ranking, message.pieces, message.asks) == ((), (), False)


@pytest.mark.parametrize(
    ("metadata", "language"), [({"language": "en"}, "en"), ({"language": "fr"}, "zh"), (None, "zh")]
)
def test_a_language_set_beside_the_text_counts_first(metadata: dict[str, str] | None, language: str) -> None:
    assert Message.from_parse({"text": "认证费", "language": "zh", "metadata": metadata}).language == language
