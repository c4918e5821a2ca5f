"""A consultation filled in at once, without the understanding."""

from __future__ import annotations

from typing import Any

import pytest

from actions.consult.answer import Answer
from actions.consult.consultant import Consultant
from actions.consult.dialogue import consult
from actions.consult.turn import Memory, Message
from tests.actions.asking import TABLE, TODAY, parsed


def hand_in(answers: Any, memory: Memory = Memory(), **named: Any) -> tuple[Answer, Memory]:
    """Hands a form in, with the entities that stand in its words."""
    data = {**parsed("give_context", text="words", **named), "metadata": {"answers": answers}}
    turn = consult(Consultant(TABLE, "guide", lambda: TODAY), Message.from_parse(data), memory)
    assert turn
    return turn[0], Memory.from_slots(turn[1].to_slots())


def test_the_result_is_that_of_the_same_answers_in_a_conversation() -> None:
    memory = Memory()
    consultant = Consultant(TABLE, "guide", lambda: TODAY)
    for text in ("start a consultation", "2", "1", "1", "2", "2"):
        intent, named = ("choose_option", {"option": text}) if text.isdigit() else ("ask_consultation", {})
        turn = consult(consultant, Message.from_parse(parsed(intent, text=text, **named), memory), memory)
        assert turn
        last, memory = turn

    answer, _ = hand_in({"purpose": 2, "owner": 1, "company": 1, "frequency": 2, "brands": 2})

    assert (answer.text, answer.facts, answer.plan) == (last.text, last.facts, last.plan)


def test_every_answer_counts_also_where_another_would_have_spared_the_question() -> None:
    answer, memory = hand_in({"purpose": 2, "functions": 1})

    assert {"sell", "wechat_pay", "multi_customer_service"} <= set(memory.consultation.told.wishes)
    assert answer.recommendation == "service"


def test_an_answer_without_bearing_is_left_out() -> None:
    _, memory = hand_in({"purpose": 2, "owner": 2, "company": 1})

    assert memory.consultation.told.subject == "individual"
    assert memory.consultation.told.listed is None


def test_a_form_forgets_what_another_told() -> None:
    _, memory = hand_in({"purpose": 2, "owner": 2})

    answer, memory = hand_in({"purpose": 1}, memory)

    assert answer.recommendation == "subscription"
    assert memory.consultation.told.wishes == ("publish",)


def test_words_add_to_the_answers() -> None:
    _, memory = hand_in({"purpose": 2}, industry="catering")

    assert memory.consultation.told.industry == "catering"


def test_too_little_is_asked_on() -> None:
    answer, memory = hand_in({"brands": 1})

    assert "Question 1 of at most 6: What is the account mainly for?" in answer.text
    assert (answer.recommendation, memory.consultation.told.brands) == (None, "one")


def test_a_contradiction_in_the_words_is_asked_back_and_the_answers_kept() -> None:
    answer, memory = hand_in({"purpose": 2}, listed=["yes", "no"])

    assert not answer.understood and "Which is right?" in answer.text
    assert "wechat_pay" in memory.consultation.told.wishes


def test_an_answer_settles_a_contradiction_in_the_words() -> None:
    answer, memory = hand_in({"purpose": 2, "company": 1}, listed=["yes", "no"])

    assert (answer.recommendation, memory.consultation.told.listed) == ("service", "no")


@pytest.mark.parametrize(
    "answers", [{}, {"purpose": 0}, {"purpose": -1}, {"purpose": 99}, {"purpose": "2"}, {"no question": 1}]
)
def test_answers_that_are_none_tell_nothing(answers: dict[str, Any]) -> None:
    answer, memory = hand_in(answers)

    assert "Question 1" in answer.text
    assert memory.consultation.told.is_empty


@pytest.mark.parametrize("answers", [None, "2", [1], 7])
def test_what_is_no_form_is_a_plain_message(answers: Any) -> None:
    data = {**parsed("give_context", text="words"), "metadata": {"answers": answers}}

    assert consult(Consultant(TABLE, "guide", lambda: TODAY), Message.from_parse(data), Memory()) is None
