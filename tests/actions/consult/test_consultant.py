"""From a turn to an answer and what to remember."""

from __future__ import annotations

import pytest

from actions.consult.consultant import CONSULTATION, MOST_SUGGESTIONS, Consultant
from actions.consult.turn import Memory, Message
from actions.rule_table.model import Language, Topic
from tests.actions.asking import (
    LANGUAGES,
    TABLE,
    TODAY,
    Conversation,
    ask,
    entities_of,
    message,
    message_of,
    parsed,
    piece,
)


def test_an_answer_leads_then_says_why_and_from_where() -> None:
    answer = ask("ask_verification_fee")
    lines = answer.text.splitlines()
    assert "300 yuan per application" in lines[0]
    assert "not refunded" in lines[1]
    assert TABLE.sources["guide.choosing"].title.en in lines[2]  # type: ignore[union-attr]
    assert "2014" in lines[2]
    assert "300 yuan per application" in lines[3]
    assert len(lines) == 4
    assert answer.facts == ("verification.fee",)
    assert answer.later == ("auth.fee_cn",)


def test_the_same_in_chinese() -> None:
    lines = ask("ask_verification_fee", "zh").text.splitlines()
    assert "每次申请300元" in lines[0]
    assert "不退" in lines[1]
    assert TABLE.sources["guide.choosing"].title.zh in lines[2]  # type: ignore[union-attr]
    assert "2014年" in lines[2]


def test_what_changed_says_when_and_how_sure() -> None:
    text = ask("ask_pay_deposit").text
    assert "20,000 yuan" in text.splitlines()[0]
    assert "13 September 2014" in text
    assert TABLE.phrases.names["confidence"]["medium"].en in text


def test_under_todays_rules_the_newest_leads_and_the_guide_is_still_named() -> None:
    lines = ask("ask_pay_deposit", as_of="today").text.splitlines()
    assert "0 yuan" in lines[0]
    assert "20,000" not in lines[0]
    assert "13 September 2014" in lines[0]
    assert "2014" in lines[-1]
    assert "20,000 yuan" in lines[-1]


def test_under_todays_rules_an_old_rule_says_that_nothing_newer_is_known() -> None:
    answer = ask("ask_purpose", as_of="today")
    assert answer.text.splitlines()[-1] == TABLE.phrases.frames["nothing_newer"].en.format(date="2015")
    assert answer.facts == ("purpose.why",)


@pytest.mark.parametrize("as_of", ["guide", "today", "2014-03", "2026"])
def test_facts_are_the_guides_whatever_the_time(as_of: str) -> None:
    assert ask("ask_pay_deposit", as_of=as_of).facts == ("pay.deposit",)


def test_the_configured_time_counts_where_nobody_asks_for_another() -> None:
    today = Conversation(as_of="today")
    assert "0 yuan" in today.ask("ask_pay_deposit").text.splitlines()[0]
    assert "20,000 yuan" in today.ask("ask_pay_deposit", as_of="guide").text.splitlines()[0]


def test_a_time_said_in_words_counts_for_the_question_and_what_follows_it() -> None:
    conversation = Conversation()
    asked = Message.from_parse({**parsed("ask_pay_deposit"), "entities": entities_of(as_of="today")})
    assert "0 yuan" in conversation.say(asked).text.splitlines()[0]
    newest = conversation.ask("follow_up", likely={"follow_up": 0.95, "ask_pay_rate": 0.03}, aspect="rate").text
    assert newest == ask("ask_pay_rate", as_of="today").text
    assert conversation.ask("ask_pay_rate").text == ask("ask_pay_rate").text, "a new question starts afresh"


def test_two_questions_get_two_parts() -> None:
    conversation = Conversation()
    answer = conversation.say(message_of(piece("ask_verification_fee"), piece("ask_menu")))
    assert [part.topic for part in answer.parts] == ["verification_fee", "menu"]
    assert "\n\n" in answer.text
    assert set(answer.facts) == {"verification.fee", "menu.service", "menu.subscription"}
    assert conversation.memory.topics == ("verification_fee", "menu")


def test_a_question_asked_twice_is_answered_once() -> None:
    answer = Conversation().say(message_of(piece("ask_menu"), piece("ask_menu")))
    assert [part.topic for part in answer.parts] == ["menu"]


def test_a_comparison_that_is_asked_for_in_two_ways_is_shown_once() -> None:
    ways = [piece("ask_difference", account=account) for account in ("service", "subscription")]
    assert Conversation().say(message_of(*ways)).text.count("side by side") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", [topic for topic in TABLE.topics.values() if topic.gathers], ids=lambda each: each.id)
def test_a_topic_that_gathers_others_answers_all_of_them(topic: Topic, language: Language) -> None:
    conversation = Conversation()
    answer = conversation.ask(f"ask_{topic.id}", language)
    each = [ask(f"ask_{part}", language) for part in topic.gathers]
    assert [part.topic for part in answer.parts] == list(topic.gathers)
    assert [part.lead for part in answer.parts] == [part.lead for single in each for part in single.parts]
    assert set(answer.facts) == {row_id for single in each for row_id in single.facts}
    assert set(answer.later) == {row_id for single in each for row_id in single.later}
    assert len(answer.facts) == len(set(answer.facts))
    assert conversation.memory.topics == topic.gathers


def test_the_parts_of_a_gathering_topic_are_of_the_case_asked_about() -> None:
    assert ask("ask_menu_overview", account="subscription").facts == ("menu.subscription", "menu.benefits")


def test_an_answer_tells_how_likely_it_is_right() -> None:
    plain = ask("ask_menu")
    doubtful = ask("ask_menu", likely={"ask_menu": 0.5, "ask_menu_benefits": 0.45})
    assert plain.confidence is not None
    assert doubtful.confidence is not None
    assert 0 < doubtful.confidence < plain.confidence <= 1
    assert ask("out_of_scope").confidence is None, "nothing was looked up"


@pytest.mark.parametrize("language", LANGUAGES)
def test_suggestions_never_repeat_an_asked_topic(language: str) -> None:
    conversation = Conversation()
    asked: list[str] = []
    for topic in (topic for topic in TABLE.topics if topic != CONSULTATION):
        answer = conversation.ask(f"ask_{topic}", language)  # type: ignore[arg-type]
        asked.append(TABLE.topics[topic].question.in_language(language))  # type: ignore[arg-type]
        assert not set(answer.suggestions) & set(asked[:-1] if topic == "interface" else asked), topic
        assert len(answer.suggestions) <= MOST_SUGGESTIONS


def test_suggestions_are_what_the_topic_suggests() -> None:
    conversation = Conversation()
    assert conversation.ask("ask_verification_fee").suggestions == (
        "Must verification be renewed every year?",
        "How long does the verification review take?",
        "Which papers does verification need?",
    )
    conversation.ask("ask_annual_review")
    assert "Must verification be renewed every year?" not in conversation.ask("ask_verification_fee").suggestions


def test_an_option_answers_what_was_offered_under_its_number() -> None:
    conversation = Conversation()
    conversation.ask("ask_verification_fee")
    assert conversation.ask("choose_option", option="2").facts == ("verification.duration",)


@pytest.mark.parametrize("option", ["0", "4", "9"])
def test_an_option_that_was_not_offered_asks_back(option: str) -> None:
    conversation = Conversation()
    conversation.ask("ask_verification_fee")
    answer = conversation.ask("choose_option", option=option)
    assert not answer.understood
    assert answer.facts == ()
    assert answer.suggestions


@pytest.mark.parametrize("topic", TABLE.topics)
def test_every_suggestion_can_be_chosen_by_its_number(topic: str) -> None:
    for number in range(len(ask(f"ask_{topic}").suggestions)):
        conversation = Conversation()
        conversation.ask(f"ask_{topic}")
        answer = conversation.ask("choose_option", option=str(number + 1))
        assert answer.text.strip(), TABLE.topics[topic].suggests[number]


def test_context_given_once_is_used_later() -> None:
    conversation = Conversation(
        memory=Memory.from_slots({"circumstances": {"accounts": ["service"], "verified": False}})
    )
    assert conversation.ask("ask_permissions").facts == ("permissions.service.unverified",)
    assert conversation.ask("ask_broadcast_quota").facts == ("broadcast.quota.service",)


def test_context_yields_to_what_the_question_says() -> None:
    conversation = Conversation(
        memory=Memory.from_slots({"circumstances": {"accounts": ["service"], "verified": False}})
    )
    facts = conversation.ask("ask_permissions", account="subscription").facts
    assert facts == ("permissions.subscription.unverified", "permissions.subscription.verified")


def test_ellipsis_keeps_the_topic_and_changes_the_case() -> None:
    conversation = Conversation()
    assert conversation.ask("ask_menu", account="service").facts == ("menu.service",)
    assert conversation.ask("follow_up", account="subscription").facts == ("menu.subscription",)


def test_ellipsis_keeps_the_case_and_changes_the_topic() -> None:
    conversation = Conversation()
    conversation.ask("ask_pay_rate", industry="catering")
    likely = {"follow_up": 0.95, "ask_pay_settlement": 0.03}
    answer = conversation.ask("follow_up", likely=likely, aspect="settlement")
    assert answer.facts == ("pay.settlement",)
    assert "catering" in answer.text


def test_a_follow_up_with_nothing_before_it_asks_what_it_is_about() -> None:
    answer = ask("follow_up", aspect="cost")
    assert not answer.understood
    assert answer.text == TABLE.phrases.replies["which_subject"].en
    assert 2 <= len(answer.suggestions) <= 4


def test_the_topics_offered_are_those_that_are_foremost_so() -> None:
    assert TABLE.topics["verification_fee"].question.en in ask("follow_up", aspect="cost").suggestions


def cells_said(language: Language, **case: str) -> str:
    return ask("ask_interface", language, **case).text.splitlines()[0]


def test_interface_in_a_known_case_is_answered_yes_or_no() -> None:
    case = {"interface": "template_message", "account": "service"}
    assert cells_said("en", **case, verified="yes").startswith("Yes")
    assert cells_said("en", **case, verified="no").startswith("No")
    assert "不" in cells_said("zh", **case, verified="no")
    assert "不" not in cells_said("zh", **case, verified="yes")


def test_interface_in_an_open_case_names_the_kinds_of_account() -> None:
    lead = cells_said("en", interface="qr_param", account="service")
    assert "arametric QR codes" in lead
    assert "unverified service account" in lead
    assert "subscription account" not in lead


@pytest.mark.parametrize(("interface", "topic"), [("custom_menu", "menu"), ("wechat_pay", "pay_eligibility")])
def test_an_interface_with_a_topic_of_its_own_leads_there(interface: str, topic: str) -> None:
    assert ask("ask_interface", interface=interface).parts[0].topic == topic


def test_the_rate_of_an_industry_stands_beside() -> None:
    changes = ask("ask_pay_rate", industry="insurance").parts[0].changes
    assert [line for line in changes if "insurance" in line and "0.6%" in line]


def test_an_unknown_topic_is_out_of_scope() -> None:
    answer = ask("ask_the_moon")
    assert answer.text == TABLE.phrases.replies["out_of_scope"].en
    assert not answer.understood
    assert answer.facts == ()
    assert len(answer.suggestions) >= 2


def test_asking_back_offers_the_likeliest_topics() -> None:
    likeliest = ("menu", "pay_rate", "trust")
    others = [topic for topic in TABLE.topics if topic not in likeliest][:9]
    likely = {f"ask_{topic}": 0.085 for topic in likeliest} | {f"ask_{topic}": 0.0825 for topic in others}
    conversation = Conversation()
    answer = conversation.ask("ask_menu", text="about the account of our company", likely=likely)
    assert answer.text == TABLE.phrases.replies["ask_back"].en
    assert not answer.understood
    offered = conversation.memory.choices
    assert sorted(offered) == sorted(likeliest)
    assert list(answer.suggestions) == [TABLE.topics[topic].question.en for topic in offered]
    chosen = conversation.ask("choose_option", option=str(offered.index("pay_rate") + 1))
    assert chosen.facts == ("pay.rate",)


def test_an_answer_remembers_its_topics_case_and_rows() -> None:
    conversation = Conversation()
    conversation.ask("ask_menu", account="service")
    memory = conversation.memory
    assert (memory.topics, memory.asked, memory.rows) == (("menu",), ("menu",), ("menu.service",))
    assert memory.conditions.accounts == ("service",)


def test_answering_changes_no_memory_but_returns_a_new_one() -> None:
    memory = Memory()
    Consultant(TABLE, "guide", lambda: TODAY).answer(message("ask_menu"), memory)
    assert memory == Memory()


def test_reasons_give_way_where_much_is_asked() -> None:
    wide = ask("ask_pay_overview")
    assert len(wide.parts) == 4
    assert all(part.reason is None and part.lead and part.source for part in wide.parts)
    assert any(part.reason for part in ask("ask_pay_costs").parts)
