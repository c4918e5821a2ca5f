"""From what was said and remembered to what is looked up, or to what is offered."""

from __future__ import annotations

from typing import Any

import pytest

from actions.consult.conditions import Conditions
from actions.consult.resolve import MOST_CHOICES, MOST_TOPICS, Inquiry, choices_for, resolve
from actions.consult.turn import Memory, Message
from tests.actions.asking import TABLE, entities_of, message, parsed

AFTER_FEE = Memory(topics=("verification_fee",), asked=("verification_fee",), choices=("annual_review", "rename"))


def inquiries(asked: Message, memory: Memory | None = None) -> list[Inquiry]:
    found, choices = resolve(TABLE, asked, memory or Memory())
    assert choices is None
    return found


def topics(asked: Message, memory: Memory | None = None) -> list[str]:
    return [inquiry.topic for inquiry in inquiries(asked, memory)]


def clauses(*questions: tuple[str, dict[str, Any]]) -> Message:
    """Returns a message of several clauses."""
    asked = [{"intent": intent, "entities": entities_of(**named)} for intent, named in questions]
    together = [entity for part in asked for entity in part["entities"]]
    return Message.from_parse({**parsed(questions[0][0]), "entities": together, "questions": asked})


def test_a_topic_and_its_case() -> None:
    found = inquiries(message("ask_menu", account="service", verified="no"))
    assert found == [Inquiry("menu", Conditions(("service",), False))]


def test_what_one_clause_says_of_the_case_holds_for_the_other() -> None:
    found = inquiries(clauses(("ask_menu", {"account": "service"}), ("ask_broadcast_quota", {})))
    assert [inquiry.conditions.accounts for inquiry in found] == [("service",), ("service",)]


def test_clauses_about_two_accounts_keep_their_own() -> None:
    asked = clauses(("ask_menu", {"account": "service"}), ("ask_broadcast_quota", {"account": "subscription"}))
    assert [inquiry.conditions.accounts for inquiry in inquiries(asked)] == [("service",), ("subscription",)]


def test_no_more_topics_than_a_phone_holds() -> None:
    names = ("ask_menu", "ask_choose", "ask_trust", "ask_rename", "ask_overseas")
    assert len(topics(clauses(*((name, {}) for name in names)))) == MOST_TOPICS


def test_a_second_reading_stands_beside_the_first() -> None:
    doubtful = Message.from_parse({**parsed("ask_verification_fee"), "alternative": "ask_annual_review"})
    assert topics(doubtful) == ["verification_fee", "annual_review"]


def test_a_second_reading_of_many_rows_does_not() -> None:
    doubtful = Message.from_parse({**parsed("ask_verification_fee"), "alternative": "ask_permissions"})
    assert topics(doubtful) == ["verification_fee"]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"aspect": "duration"}, ["verification_duration"]),
        ({"area": "pay"}, ["pay_deposit", "pay_rate"]),
        ({"area": "pay", "aspect": "duration"}, ["pay_settlement"]),
        ({"account": "service"}, ["verification_fee"]),
        ({}, ["verification_fee"]),
    ],
)
def test_a_follow_up_takes_the_rest_from_before(named: dict[str, Any], expected: list[str]) -> None:
    assert topics(message("follow_up", **named), AFTER_FEE) == expected


def test_a_choice_by_number() -> None:
    assert topics(message("choose_option", option="2"), AFTER_FEE) == ["rename"]
    found, choices = resolve(TABLE, message("choose_option", option="3"), AFTER_FEE)
    assert (found, choices is None) == ([], False)


def test_the_time_is_kept_by_what_follows_and_not_by_what_begins_anew() -> None:
    memory = Memory(topics=("pay_deposit",), as_of="2014-03")
    assert inquiries(message("follow_up", aspect="rate"), memory)[0].as_of == "2014-03"
    assert inquiries(message("ask_pay_rate"), memory)[0].as_of is None


def test_the_case_of_the_question_before_ends_with_it_and_circumstances_stay() -> None:
    memory = Memory(
        topics=("menu",), conditions=Conditions(("service",), True), circumstances=Conditions(subject="media")
    )
    assert inquiries(message("follow_up"), memory)[0].conditions == Conditions(("service",), True, "media")
    assert inquiries(message("ask_menu"), memory)[0].conditions == Conditions(subject="media")


def test_another_account_than_ones_own_is_not_thought_verified() -> None:
    memory = Memory(circumstances=Conditions(("subscription",), False))
    assert inquiries(message("ask_permissions", account="service"), memory)[0].conditions.verified is None
    assert inquiries(message("ask_permissions"), memory)[0].conditions.verified is False


def test_both_accounts_are_compared() -> None:
    assert inquiries(message("ask_menu", account=["service", "subscription"]))[0].compare
    assert inquiries(message("ask_menu", compare="yes"))[0].compare
    assert not inquiries(message("ask_menu", account="service"))[0].compare


def test_a_single_interface_without_a_name_asks_for_all_permissions() -> None:
    assert topics(message("ask_interface")) == ["permissions"]
    assert topics(message("ask_interface", interface="template_message")) == ["interface"]
    assert topics(message("ask_interface", interface="wechat_store")) == ["store_eligibility"]


@pytest.mark.parametrize("intent", ["follow_up", "choose_option", "nlu_fallback", "ask_the_moon"])
def test_nothing_certain_leads_to_choices(intent: str) -> None:
    found, choices = resolve(TABLE, message(intent), Memory())
    assert found == []
    assert choices is not None
    assert len(choices.topics) <= MOST_CHOICES


def test_choices_of_an_area_and_of_an_aspect() -> None:
    assert choices_for(TABLE, message("nlu_fallback", area="store")).topics == ("store_eligibility", "store_limits")
    of_cost = choices_for(TABLE, message("follow_up", aspect="cost"))
    assert of_cost.about_nothing
    assert all("cost" in TABLE.topics[topic].aspects for topic in of_cost.topics)
