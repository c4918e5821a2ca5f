"""From what was said and remembered to what is looked up, or to what is offered."""

from __future__ import annotations

from typing import Any

import pytest

from actions.consult.choices import MOST_CHOICES, Choices, choices_for
from actions.consult.conditions import Conditions
from actions.consult.inquiry import Inquiry
from actions.consult.reading import read
from actions.consult.resolve import MOST_TOPICS, resolve
from actions.consult.turn import Memory, Message
from tests.actions.asking import TABLE, entities_of, message, message_of, parsed, piece

AFTER_FEE = Memory(topics=("verification_fee",), asked=("verification_fee",), choices=("annual_review", "rename"))
ON = "follow_up"


def inquiries(asked: Message, memory: Memory | None = None) -> list[Inquiry]:
    found, choices = resolve(TABLE, asked, memory or Memory())
    assert choices is None
    return found


def topics(asked: Message, memory: Memory | None = None) -> list[str]:
    return [inquiry.topic for inquiry in inquiries(asked, memory)]


def choices_of(asked: Message, memory: Memory | None = None) -> Choices:
    found, choices = resolve(TABLE, asked, memory or Memory())
    assert found == []
    assert choices is not None
    return choices


def and_the_cost() -> dict[str, Any]:
    """Returns a clause that asks on for the cost of verification."""
    likely = {ON: 0.96, "ask_verification_fee": 0.02, "out_of_scope": 0.01}
    return piece(ON, text="and the cost?", likely=likely, follows="yes", aspect="cost")


def and_the_papers() -> dict[str, Any]:
    """Returns a clause that asks on for the papers of verification."""
    likely = {ON: 0.96, "ask_verification_materials": 0.02, "out_of_scope": 0.01}
    return piece(ON, text="and the papers?", likely=likely, follows="yes", aspect="materials")


def test_a_topic_and_its_case() -> None:
    found = inquiries(message("ask_menu", account="service", verified="no"))
    assert found == [Inquiry("menu", Conditions(("service",), False))]


def test_what_one_clause_says_of_the_case_holds_for_the_other() -> None:
    found = inquiries(message_of(piece("ask_menu", account="service"), piece("ask_broadcast_quota")))
    assert [inquiry.conditions.accounts for inquiry in found] == [("service",), ("service",)]


def test_what_is_said_outside_the_questions_holds_for_them() -> None:
    found = inquiries(message_of(piece("ask_menu"), piece("ask_broadcast_quota"), account="service"))
    assert [inquiry.conditions.accounts for inquiry in found] == [("service",), ("service",)]


def test_clauses_about_two_accounts_keep_their_own() -> None:
    asked = message_of(piece("ask_menu", account="service"), piece("ask_broadcast_quota", account="subscription"))
    assert [inquiry.conditions.accounts for inquiry in inquiries(asked)] == [("service",), ("subscription",)]


def test_a_time_said_in_one_clause_holds_for_all() -> None:
    asked = message_of(piece("ask_pay_deposit", as_of="today"), piece("ask_pay_rate"))
    assert [inquiry.as_of for inquiry in inquiries(asked)] == ["today", "today"]


def test_no_more_topics_than_a_phone_holds() -> None:
    names = ("menu", "choose", "trust", "rename", "overseas")
    assert len(topics(message_of(*(piece(f"ask_{name}") for name in names)))) == MOST_TOPICS


def test_a_clause_goes_on_from_the_one_before_it() -> None:
    asked = message_of(piece("ask_verification_fee", account="service"), and_the_papers())
    found = inquiries(asked)
    assert [inquiry.topic for inquiry in found] == ["verification_fee", "verification_materials"]
    assert found[1].conditions.accounts == ("service",)


def test_clauses_that_all_go_on_keep_the_case_and_the_time() -> None:
    memory = Memory(topics=("verification_duration",), conditions=Conditions(("service",), False), as_of="today")
    found = inquiries(message_of(and_the_cost(), and_the_papers()), memory)
    assert [inquiry.topic for inquiry in found] == ["verification_fee", "verification_materials"]
    assert [inquiry.conditions for inquiry in found] == [Conditions(("service",), False)] * 2
    assert [inquiry.as_of for inquiry in found] == ["today", "today"]


def test_clauses_on_one_topic_are_one_question() -> None:
    asked = message_of(piece("ask_menu", account="service"), piece("ask_menu"))
    assert inquiries(asked) == [Inquiry("menu", Conditions(("service",)))]


@pytest.mark.parametrize("beside", ["out_of_scope", "greet", "thank"])
def test_a_clause_that_asks_nothing_of_ours_is_passed_over(beside: str) -> None:
    asked = message_of(piece("ask_menu"), piece("ask_rename"), piece(beside, likely={beside: 0.99}))
    assert topics(asked) == ["menu", "rename"]


def test_one_topic_in_two_cases_is_two_questions() -> None:
    asked = message_of(piece("ask_menu", account="service"), piece("ask_menu", account="subscription"))
    found = [(inquiry.topic, inquiry.conditions.accounts) for inquiry in inquiries(asked)]
    assert found == [("menu", ("service",)), ("menu", ("subscription",))]


@pytest.mark.parametrize(("confidence", "expected"), [(0.6, ["menu"]), (0.99, ["menu", "rename"])])
def test_a_clause_without_the_look_of_a_question_must_be_the_surer(confidence: float, expected: list[str]) -> None:
    without = piece("ask_rename", text="changing our name", likely={"ask_rename": confidence}, asks=False)
    assert topics(message_of(piece("ask_menu"), without, whole={"ask_menu": 0.8})) == expected


def test_a_remark_in_two_sentences_on_the_last_answer_is_one() -> None:
    doubt = piece(ON, text="Really?", likely={ON: 0.6, "ask_trust": 0.3})
    more = piece("ask_account_limit", text="Only one?", likely={"ask_account_limit": 0.7})
    memory = Memory(topics=("broadcast_quota",), conditions=Conditions(("service",)))
    remark = message_of(doubt, more, whole={ON: 0.9, "ask_broadcast_quota": 0.03})
    assert inquiries(remark, memory)[0] == Inquiry("broadcast_quota", Conditions(("service",)))


def test_an_unsure_clause_is_no_question_of_its_own() -> None:
    doubtful = piece("ask_rename", likely={"ask_rename": 0.3, "ask_trust": 0.3, "ask_naming": 0.3})
    assert topics(message_of(piece("ask_menu"), doubtful, whole={"ask_menu": 0.8})) == ["menu"]


def test_the_whole_leads_where_it_is_surer_of_something_else() -> None:
    pieces = [piece(name, likely={name: 0.75}) for name in ("ask_menu", "ask_broadcast_quota")]
    assert topics(message_of(*pieces)) == ["menu", "broadcast_quota"]
    assert topics(message_of(*pieces, whole={"ask_choose": 0.99})) == ["choose", "menu", "broadcast_quota"]


def test_a_question_of_ours_beside_one_that_is_not_is_answered() -> None:
    beside = piece("out_of_scope", likely={"out_of_scope": 0.99})
    ours = piece("ask_verification_duration", likely={"ask_verification_duration": 0.98})
    asked = message_of(beside, ours, whole={"out_of_scope": 0.7, "ask_verification_filing": 0.2})
    assert topics(asked) == ["verification_duration"]


def test_a_background_does_not_drown_its_question() -> None:
    """Its clause leads, and what the background says of the case holds for it."""
    drowned = {"give_context": 0.35, "ask_choose": 0.2, "ask_type_change": 0.2, "out_of_scope": 0.1}
    asked = message_of(piece("ask_rename", likely={"ask_rename": 0.9}), whole=drowned, subject="individual")
    assert inquiries(asked) == [Inquiry("rename", Conditions(subject="individual"))]


def test_pieces_of_an_overview_are_answered_by_the_overview() -> None:
    pieces = [piece(f"ask_{name}") for name in ("pay_deposit", "pay_settlement")]
    whole = {"ask_pay_overview": 0.6, "ask_pay_deposit": 0.15, "ask_pay_settlement": 0.15}
    assert topics(message_of(*pieces, whole=whole)) == list(TABLE.topics["pay_overview"].gathers)
    assert topics(message_of(*pieces)) == ["pay_deposit", "pay_settlement"]


def test_a_second_reading_stands_beside_the_first() -> None:
    doubtful = message("ask_verification_fee", likely={"ask_verification_fee": 0.5, "ask_annual_review": 0.4})
    assert topics(doubtful) == ["verification_fee", "annual_review"]


def test_every_inquiry_tells_how_likely_it_is_asked() -> None:
    doubtful = message("ask_verification_fee", likely={"ask_verification_fee": 0.5, "ask_annual_review": 0.4})
    found = inquiries(doubtful)
    ranked = dict(read(TABLE, doubtful, Memory()).topics)
    assert [inquiry.confidence for inquiry in found] == [ranked[inquiry.topic] for inquiry in found]


def test_a_second_reading_of_little_weight_does_not() -> None:
    sure = message("ask_verification_fee", likely={"ask_verification_fee": 0.95, "ask_annual_review": 0.02})
    assert topics(sure) == ["verification_fee"]


def test_a_second_reading_of_many_rows_does_not() -> None:
    assert len(TABLE.rules_of("permissions")) > 3
    doubtful = message("ask_verification_fee", likely={"ask_verification_fee": 0.5, "ask_permissions": 0.4})
    assert topics(doubtful) == ["verification_fee"]


def test_a_second_reading_is_as_long_as_its_case_makes_it() -> None:
    likely = {"ask_verification_fee": 0.5, "ask_permissions": 0.4}
    doubtful = message("ask_verification_fee", likely=likely, account="service", verified="no")
    assert topics(doubtful) == ["verification_fee", "permissions"]


def test_a_topic_that_gathers_others_asks_for_all_of_them() -> None:
    gathered = list(TABLE.topics["pay_overview"].gathers)
    assert len(gathered) > MOST_TOPICS
    found = inquiries(message("ask_pay_overview", account="service"))
    assert [inquiry.topic for inquiry in found] == gathered
    assert {inquiry.conditions.accounts for inquiry in found} == {("service",)}


@pytest.mark.parametrize(
    ("text", "likely", "named", "expected"),
    [
        # The classifier reads them so, or nearly.
        (
            "and how long?",
            {ON: 0.94, "out_of_scope": 0.026, "ask_verification_duration": 0.003},
            {"follows": "yes", "aspect": "duration"},
            "verification_duration",
        ),
        (
            "要什么材料",
            {ON: 0.6, "ask_verification_materials": 0.1, "out_of_scope": 0.25},
            {"aspect": "materials"},
            "verification_materials",
        ),
        (
            "what about WeChat Pay?",
            {ON: 0.43, "ask_pay_overview": 0.3, "ask_pay_eligibility": 0.1},
            {"follows": "yes", "area": "pay"},
            "pay_eligibility",
        ),
        (
            "and how long does WeChat Pay take to settle?",
            {"ask_pay_settlement": 0.97, ON: 0.01},
            {"follows": "yes", "area": "pay", "aspect": "settlement"},
            "pay_settlement",
        ),
        (
            "那服务号呢",
            {ON: 0.998, "ask_account_role": 0.0005},
            {"follows": "yes", "account": "service"},
            "verification_fee",
        ),
        ("any news on that?", {ON: 0.98, "ask_source": 0.004}, {}, "verification_fee"),
        ("那呢", {ON: 0.98}, {"follows": "yes"}, "verification_fee"),
    ],
)
def test_a_follow_up_takes_the_rest_from_before(
    text: str, likely: dict[str, float], named: dict[str, Any], expected: str
) -> None:
    asked = message(next(iter(likely)), text=text, likely=likely, **named)
    assert topics(asked, AFTER_FEE)[0] == expected


@pytest.mark.parametrize(
    ("text", "likely", "asks"),
    [
        ("and for a subscription account?", {ON: 0.9, "ask_choose": 0.01, "ask_menu": 0.003}, True),
        (
            "sorry, I meant a subscription account",
            {ON: 0.935, "ask_naming": 0.034, "ask_difference": 0.005, "ask_menu": 0.003, "give_context": 0.003},
            False,
        ),
        ("说错了，我是问订阅号", {ON: 0.974, "ask_naming": 0.005, "ask_difference": 0.002, "ask_menu": 0.001}, False),
    ],
)
def test_another_case_or_a_correction_keeps_the_topic(text: str, likely: dict[str, float], asks: bool) -> None:
    memory = Memory(topics=("menu",), conditions=Conditions(("service",), subject="media"))
    corrected = message(ON, text=text, likely=likely, asks=asks, account="subscription")
    assert inquiries(corrected, memory)[0] == Inquiry("menu", Conditions(("subscription",), subject="media"))


def test_a_correction_of_the_topic_is_a_question_of_its_own() -> None:
    likely = {"ask_menu": 0.84, ON: 0.105, "ask_menu_benefits": 0.039}
    corrected = message("ask_menu", text="no, I mean the custom menu", likely=likely, asks=False, area="menu")
    assert topics(corrected, Memory(topics=("pay_eligibility",))) == ["menu"]


@pytest.mark.parametrize(("said", "verified"), [("yes", True), ("no", False)])
def test_a_remark_after_an_answer_amends_its_question(said: str, verified: bool) -> None:
    likely = {"give_context": 0.8, "ask_permissions": 0.068, ON: 0.059}
    remark = message("give_context", text="it's verified", likely=likely, verified=said)
    memory = Memory(topics=("permissions",), conditions=Conditions(("service",)))
    assert inquiries(remark, memory) == [Inquiry("permissions", Conditions(("service",), verified))]


def test_a_remark_before_any_question_asks_nothing() -> None:
    likely = {"give_context": 0.88, "ask_permissions": 0.048, "ask_pay_eligibility": 0.012}
    remark = message("give_context", likely=likely, account="service", verified="no")
    assert resolve(TABLE, remark, Memory()) == ([], None)


@pytest.mark.parametrize("intent", ["greet", "goodbye", "thank", "affirm", "deny", "request_human", "out_of_scope"])
@pytest.mark.parametrize("memory", [Memory(), AFTER_FEE], ids=["at first", "after an answer"])
def test_small_talk_asks_nothing(intent: str, memory: Memory) -> None:
    assert resolve(TABLE, message(intent, likely={intent: 0.97}), memory) == ([], None)


def test_a_choice_by_number() -> None:
    assert topics(message("choose_option", option="2"), AFTER_FEE) == ["rename"]
    assert choices_of(message("choose_option", option="3"), AFTER_FEE).about_nothing


def test_the_time_is_kept_by_what_follows_and_not_by_what_begins_anew() -> None:
    memory = Memory(topics=("pay_deposit",), as_of="2014-03")
    asked_on = message(ON, likely={ON: 0.95, "ask_pay_rate": 0.03}, aspect="rate")
    assert inquiries(asked_on, memory)[0] == Inquiry("pay_rate", Conditions(), "2014-03")
    assert inquiries(message("ask_pay_rate"), memory)[0].as_of is None


def test_another_time_can_be_asked_for_afterwards() -> None:
    later = {**parsed(ON, likely={ON: 0.991}), "entities": entities_of(follows="yes", as_of="today")}
    assert inquiries(Message.from_parse(later), AFTER_FEE)[0] == Inquiry("verification_fee", Conditions(), "today")


def test_the_case_of_the_question_before_ends_with_it_and_circumstances_stay() -> None:
    memory = Memory(
        topics=("menu",), conditions=Conditions(("service",), True), circumstances=Conditions(subject="media")
    )
    assert inquiries(message(ON), memory)[0].conditions == Conditions(("service",), True, "media")
    assert inquiries(message("ask_menu"), memory)[0].conditions == Conditions(subject="media")


def test_another_account_than_ones_own_is_not_thought_verified() -> None:
    memory = Memory(circumstances=Conditions(("subscription",), False))
    assert inquiries(message("ask_permissions", account="service"), memory)[0].conditions.verified is None
    assert inquiries(message("ask_permissions"), memory)[0].conditions.verified is False


def test_both_accounts_are_compared() -> None:
    assert inquiries(message("ask_menu", account=["service", "subscription"]))[0].compare
    assert inquiries(message("ask_menu", compare="yes"))[0].compare
    assert not inquiries(message("ask_menu", account="service"))[0].compare


def test_a_comparison_in_an_area_is_of_its_topics_alone() -> None:
    assert topics(message("ask_difference", area="broadcast", compare="yes")) == ["broadcast_quota"]
    assert topics(message("ask_difference", aspect="quota", compare="yes")) == ["broadcast_quota"]


def test_of_a_comparison_the_one_part_leads_that_is_likely_too() -> None:
    likely = {"ask_difference": 0.7, "ask_broadcast_quota": 0.25}
    assert topics(message("ask_difference", likely=likely))[0] == "broadcast_quota"
    assert topics(message("ask_difference")) == ["difference"]


def test_a_single_interface_without_a_name_asks_for_all_permissions() -> None:
    assert topics(message("ask_interface")) == ["permissions"]
    assert topics(message("ask_interface", interface="template_message")) == ["interface"]
    assert topics(message("ask_interface", interface="wechat_store")) == ["store_eligibility"]


def test_a_further_aspect_in_one_question_is_answered_too() -> None:
    asked = message("ask_verification_materials", area="verification", aspect=["materials", "cost"])
    assert topics(asked) == ["verification_materials", "verification_fee"]


@pytest.mark.parametrize("intent", ["follow_up", "choose_option"])
def test_going_on_from_nothing_leads_to_choices(intent: str) -> None:
    choices = choices_of(message(intent))
    assert choices.about_nothing
    assert len(choices.topics) <= MOST_CHOICES


def test_an_intent_that_the_table_has_no_topic_for_asks_nothing_of_ours() -> None:
    assert resolve(TABLE, message("ask_the_moon"), Memory()) == ([], None)


@pytest.mark.parametrize(
    ("named", "confidence", "offered"),
    [
        ({"area": "store"}, 0.7, True),
        ({"interface": "template_message"}, 0.7, True),
        ({"aspect": "cost"}, 0.7, True),
        ({}, 0.7, False),
        ({"area": "store"}, 0.95, False),
        ({"area": "store", "other_product": "yes"}, 0.7, False),
    ],
)
def test_what_names_ours_is_asked_about_rather_than_refused(
    named: dict[str, Any], confidence: float, offered: bool
) -> None:
    terse = message("out_of_scope", text="那个呢", likely={"out_of_scope": confidence, "greet": 0.04}, **named)
    found, choices = resolve(TABLE, terse, Memory())
    assert found == []
    assert (choices is not None) is offered


def test_choices_of_an_area_and_of_an_aspect() -> None:
    offered = choices_for(TABLE, message("out_of_scope", area="store")).topics
    assert offered == ("store_eligibility", "store_limits", "store_overview")
    of_cost = choices_for(TABLE, message(ON, aspect="cost"))
    assert of_cost.about_nothing
    assert all("cost" in TABLE.topics[topic].aspects for topic in of_cost.topics)


def test_choices_of_a_doubtful_message_are_its_likeliest_topics() -> None:
    likely = {"out_of_scope": 0.3, "ask_menu": 0.2, "greet": 0.19, "ask_trust": 0.15, "ask_rename": 0.1}
    assert choices_for(TABLE, message("out_of_scope", likely=likely)).topics == ("menu", "trust", "rename")


def guessed(first: str, second: str, whole: dict[str, float], sure: float = 0.95) -> Message:
    """Returns a message that is split though nothing marks a question."""
    pieces = [
        {**piece(intent, likely={intent: sure}, asks=False, text=f"the one of {intent}"), "guessed": True}
        for intent in (first, second)
    ]
    return Message.from_parse({**parsed(next(iter(whole)), likely=whole), "questions": pieces})


FEE_AND_MENU = ("ask_verification_fee", "ask_menu")


def test_two_questions_that_nothing_parts() -> None:
    assert topics(guessed(*FEE_AND_MENU, whole={"ask_verification_fee": 0.97})) == ["verification_fee", "menu"]


@pytest.mark.parametrize(
    ("whole", "sure"),
    [
        # The whole is something else, or nothing of ours; the pieces are unsure.
        ({"ask_store_limits": 0.97}, 0.95),
        ({"out_of_scope": 0.97, "ask_menu": 0.02}, 0.95),
        ({"ask_verification_fee": 0.97}, 0.4),
    ],
)
def test_a_guess_that_the_whole_message_does_not_bear_out(whole: dict[str, float], sure: float) -> None:
    found, _ = resolve(TABLE, guessed(*FEE_AND_MENU, whole=whole, sure=sure), Memory())
    assert {inquiry.topic for inquiry in found} != {"verification_fee", "menu"}


def test_a_guess_that_reads_alike_on_both_sides_is_one_question() -> None:
    assert topics(guessed("ask_menu", "ask_menu", whole={"ask_menu": 0.97})) == ["menu"]


def test_a_comparison_of_everything_is_no_second_question() -> None:
    two = (piece("ask_menu", likely={"ask_menu": 0.95}), piece("ask_difference", likely={"ask_difference": 0.95}))
    whole = {"ask_menu": 0.9, "ask_difference": 0.01}
    assert topics(Message.from_parse({**parsed("ask_menu", likely=whole), "questions": list(two)})) == ["menu"]
