"""The consultation as a conversation, without the understanding: its moves, its answers, its result."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.consult.answer import Answer
from actions.consult.consultant import Consultant
from actions.consult.dialogue import consult, kept
from actions.consult.turn import Memory, Message
from actions.rule_table.model import Language
from tests.actions.asking import LANGUAGES, TABLE, TODAY, parsed

MOVES = {"why": "why do you ask?", "skip": "skip", "finish": "show the result", "stop": "stop", "resume": "continue"}


@dataclass
class Talk:
    """A conversation in which what is no part of a consultation is answered by the consultant."""

    language: Language = "en"
    memory: Memory = field(default_factory=Memory)

    def say(self, intent: str, text: Optional[str] = None, **named: Any) -> Answer:
        """Says something, with the entities that the understanding finds in it."""
        consultant = Consultant(TABLE, "guide", lambda: TODAY)
        message = Message.from_parse(parsed(intent, self.language, text=text, **named), self.memory)
        turn = consult(consultant, message, self.memory)
        turn = turn or kept(consultant, message, *consultant.answer(message, self.memory))
        # Through the slots and back, as between two messages.
        self.memory = Memory.from_slots(turn[1].to_slots())
        return turn[0]

    def begin(self) -> Answer:
        """Begins a consultation."""
        return self.say("ask_consultation", "start a consultation")

    def tap(self, number: int) -> Answer:
        """Answers by a number."""
        return self.say("choose_option", str(number), option=str(number))

    def move(self, name: str) -> Answer:
        """Makes a move by a whole message."""
        text = MOVES[name]
        entity = {"entity": "move", "value": name, "start": 0, "end": len(text)}
        consultant = Consultant(TABLE, "guide", lambda: TODAY)
        data = {**parsed("give_context", self.language, text=text), "entities": [entity]}
        message = Message.from_parse(data, self.memory)
        turn = consult(consultant, message, self.memory) or kept(
            consultant, message, *consultant.answer(message, self.memory)
        )
        self.memory = Memory.from_slots(turn[1].to_slots())
        return turn[0]


def test_it_begins_with_a_question_and_choices() -> None:
    answer = Talk().begin()
    assert "Question 1 of at most 6: What is the account mainly for?" in answer.text
    assert answer.suggestions[:2] == ("Publishing news and articles", "Selling and taking payments")
    assert answer.suggestions[-1] == "Skip this question"
    assert (answer.facts, answer.recommendation) == ((), None)


def test_numbers_lead_to_a_result() -> None:
    talk = Talk()
    talk.begin()
    answers = [talk.tap(number) for number in (2, 1, 1, 2, 2)]
    assert [answer.recommendation for answer in answers] == [None] * 4 + ["service"]
    result = answers[-1]
    assert {"pay.eligibility", "pay.deposit", "verification.duration", "practice.multi_account"} <= set(result.facts)
    assert "20,300 yuan" in result.text
    assert "Friday, 11 December 2026" in result.text
    assert result.plan
    assert result.plan["recommendation"]["account"] == "service"
    assert len(result.text.encode()) < 2048


def test_the_words_of_a_choice_answer_too() -> None:
    talk = Talk("zh")
    talk.begin()
    assert "第2题" in talk.say("out_of_scope", "发资讯和文章！").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_tells_why_and_asks_again(language: Language) -> None:
    for question in TABLE.questions.values():
        talk = Talk(language)
        talk.begin()
        slots = talk.memory.to_slots()
        slots["consultation"]["pending"] = question.id
        talk.memory = Memory.from_slots(slots)
        answer = talk.move("why")
        assert question.ask.in_language(language) in answer.text
        assert set(answer.facts) | set(answer.later) == set(question.facts)


def test_every_question_can_be_skipped() -> None:
    talk = Talk()
    answers = [talk.begin(), *(talk.move("skip") for _ in range(5))]
    asked = [answer.text.rsplit(": ", 1)[1] for answer in answers if "Question" in answer.text]
    assert len(asked) == len(set(asked)) == 5, "the deposit has no bearing where nothing is paid"
    assert "need to know more" in answers[-1].text


def test_another_question_in_between_is_answered_and_then_it_goes_on() -> None:
    talk = Talk()
    talk.begin()
    answer = talk.say("ask_verification_fee")
    assert answer.facts == ("verification.fee",)
    assert answer.text.endswith("To go on with your consultation: What is the account mainly for?")
    assert "Question 2" in talk.tap(1).text


def test_it_is_left_and_resumed() -> None:
    talk = Talk()
    talk.begin()
    talk.tap(2)
    stopped = talk.move("stop")
    assert "kept" in stopped.text
    assert "consultation" not in talk.say("ask_verification_fee").text
    assert "In whose name" in talk.move("resume").text


def test_any_answer_can_be_changed() -> None:
    talk = Talk()
    talk.begin()
    for number in (2, 1, 1, 2):
        talk.tap(number)
    assert "20,300" in talk.tap(1).text
    changed = talk.say("give_context", "no, we are listed with 8 million", listed="yes", asks=False)
    assert "Changed: listed." in changed.text
    assert changed.recommendation == "service"
    assert "20,300" not in changed.text


def test_a_private_person_is_told_what_is_out_of_reach() -> None:
    talk = Talk()
    talk.begin()
    talk.tap(2)
    talk.tap(2)
    answer = talk.move("finish")
    assert answer.recommendation is None
    assert "out of reach" in answer.text
    assert "pay.eligibility" in answer.facts
    assert "type.individual" in answer.later


def test_a_contradiction_is_asked_back() -> None:
    answer = Talk().say("ask_choose", listed=["yes", "no"], wish="wechat_pay", choosing="yes")
    assert not answer.understood
    assert "Which is right?" in answer.text
    assert answer.recommendation is None


def test_one_message_is_enough() -> None:
    answer = Talk().say("ask_choose", wish=["wechat_pay", "serve"], company="enterprise", aspect=["cost", "duration"])
    assert answer.recommendation == "service"
    assert {"pay.eligibility", "verification.fee", "verification.duration"} <= set(answer.facts)


def test_without_circumstances_the_rule_is_told_as_before() -> None:
    answer = Talk().say("ask_choose")
    assert (answer.recommendation, answer.facts) == (None, ("choose.positioning",))


ACTIONS = st.one_of(
    st.integers(1, 6).map(lambda number: ("tap", number)),
    st.sampled_from(sorted(MOVES)).map(lambda move: ("move", move)),
    st.sampled_from(["ask_verification_fee", "ask_consultation", "out_of_scope", "deny", "affirm"]).map(
        lambda intent: ("say", intent)
    ),
)


@settings(max_examples=150)
@given(st.lists(ACTIONS, max_size=12), st.sampled_from(LANGUAGES))
def test_whatever_is_said_there_is_an_answer(actions: list[tuple[str, Any]], language: Language) -> None:
    talk = Talk(language)
    talk.begin()
    for kind, what in actions:
        answer = getattr(talk, kind)(what)
        assert answer.text.strip()
        assert "{" not in answer.text
        assert len(answer.suggestions) == len(set(answer.suggestions)) <= 6
        assert set(answer.facts) | set(answer.later) <= set(TABLE.rows)
        asked = talk.memory.consultation.passed
        assert len(asked) == len(set(asked)) <= 6


@pytest.mark.parametrize(
    ("date", "says"),
    [
        ({"value": "2026-12-01"}, "verification is done by Tuesday, 22 December 2026"),
        ({"value": "2026-12-18", "deadline": True}, "apply by Friday, 27 November 2026 at the latest"),
        ({"value": "impossible"}, "There is no such day."),
        ({"value": "impossible", "deadline": True}, "There is no such day."),
    ],
)
def test_a_day_in_the_message_dates_the_advice(date: dict[str, Any], says: str) -> None:
    consultant = Consultant(TABLE, "guide", lambda: TODAY)
    data = parsed("ask_choose", wish="wechat_pay")
    data["entities"].append({"entity": "date", "start": 90, "end": 99, **date})
    turn = consult(consultant, Message.from_parse(data), Memory())
    assert turn
    assert says in turn[0].text
    assert turn[0].recommendation == "service"
