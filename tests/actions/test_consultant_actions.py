"""The actions as Rasa calls them: a tracker in, a reply object and slots out."""

from __future__ import annotations

import json
import logging
from typing import Any, Optional

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions.action_answer_question import ActionAnswerQuestion
from actions.action_ask_back import ActionAskBack
from actions.action_name_source import ActionNameSource
from actions.action_note_circumstances import ActionNoteCircumstances
from actions.action_small_talk import ActionSmallTalk
from actions.consult.consultant import MOST_CHARACTERS
from actions.consult.reading import read
from actions.consult.turn import Memory, Message
from actions.consultant_action import ConsultantAction, ConsultantDesk
from actions.rule_table.table import RuleTable
from actions.settings import ActionSettings
from tests.actions.asking import TABLE, parsed, parsed_pieces, piece
from tests.table_copy import RULE_TABLE

DESK = ConsultantDesk(ActionSettings(RULE_TABLE))
KEYS = [
    "conversation",
    "text",
    "reply",
    "language",
    "intent",
    "confidence",
    "understood",
    "facts",
    "later",
    "suggestions",
    "recommendation",
    "person",
    "parts",
]


class Turn:
    """What one action did."""

    def __init__(self, messages: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
        (self.message,) = messages
        self.reply: dict[str, Any] = self.message["custom"]
        self.slots = {event["name"]: event["value"] for event in events}


async def run(
    action: ConsultantAction,
    parse: dict[str, Any],
    slots: Optional[dict[str, Any]] = None,
    text: Optional[str] = None,
) -> Turn:
    """Runs an action on a message; `text` where it has other words than the parse tells."""
    said = parse if text is None else {**parse, "text": text}
    tracker = Tracker("c1", dict(slots or {}), said, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, tracker, {})
    return Turn(dispatcher.messages, events)


async def test_a_reply_has_every_key_of_the_contract() -> None:
    turn = await run(ActionAnswerQuestion(DESK), parsed("ask_verification_fee"), text="What does it cost?")
    assert list(turn.reply) == KEYS
    assert turn.reply["conversation"] == "c1"
    assert turn.reply["text"] == "What does it cost?"
    assert turn.reply["intent"] == "ask_verification_fee"
    assert turn.reply["understood"] is True
    assert turn.reply["facts"] == ["verification.fee"]
    assert turn.reply["recommendation"] is None
    assert json.dumps(turn.reply)


async def test_confidence_is_the_answers_or_else_that_of_the_intent() -> None:
    doubtful = parsed("ask_menu", likely={"ask_menu": 0.5, "ask_menu_benefits": 0.45})
    answered = await run(ActionAnswerQuestion(DESK), doubtful)
    reading = read(TABLE, Message.from_parse(doubtful), Memory())
    assert answered.reply["confidence"] == round(reading.confidence, 4)
    thanked = await run(ActionSmallTalk(DESK), parsed("thank", likely={"thank": 0.87654}))
    assert thanked.reply["confidence"] == 0.8765


async def test_text_and_buttons_say_the_same_as_the_reply_object() -> None:
    turn = await run(ActionAnswerQuestion(DESK), parsed("ask_verification_fee"))
    assert turn.message["text"] == turn.reply["reply"]
    suggestions = turn.reply["suggestions"]
    assert turn.message["buttons"] == [{"title": question, "payload": question} for question in suggestions]


async def test_parts_are_plain_data() -> None:
    turn = await run(ActionAnswerQuestion(DESK), parsed("ask_difference"))
    (part,) = turn.reply["parts"]
    assert set(part) == {"topic", "title", "lead", "reason", "source", "changes", "table"}
    assert set(part["source"]) == {"text", "url"}
    assert set(part["table"]) == {"columns", "rows"}
    assert all(len(row) == len(part["table"]["columns"]) for row in part["table"]["rows"])


async def test_slots_carry_the_conversation_on() -> None:
    first = await run(ActionAnswerQuestion(DESK), parsed("ask_menu", account="service"))
    second = await run(ActionAnswerQuestion(DESK), parsed("follow_up", account="subscription"), first.slots)
    assert second.reply["facts"] == ["menu.subscription"]


async def test_only_changed_slots_are_set() -> None:
    first = await run(ActionAnswerQuestion(DESK), parsed("ask_menu"))
    assert await run(ActionAnswerQuestion(DESK), parsed("ask_menu"), first.slots) is not None
    again = await run(ActionAnswerQuestion(DESK), parsed("ask_menu"), first.slots)
    assert again.slots == {}


async def test_language_follows_the_message_then_the_conversation() -> None:
    first = await run(ActionAnswerQuestion(DESK), parsed("ask_menu", "zh"))
    assert (first.reply["language"], first.slots["language"]) == ("zh", "zh")
    wordless = {**parsed("choose_option", option="1"), "language": None}
    second = await run(ActionAnswerQuestion(DESK), wordless, first.slots, text="1")
    assert second.reply["language"] == "zh"
    assert second.reply["facts"]


async def test_traditional_characters() -> None:
    turn = await run(ActionAnswerQuestion(DESK), {**parsed("ask_verification_fee", "zh"), "traditional": True})
    assert "認證" in turn.message["text"]
    assert "認證" in turn.reply["parts"][0]["title"]
    assert all("认" not in button["title"] for button in turn.message["buttons"])


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
async def test_an_empty_message_gets_a_kind_word(table: RuleTable, text: str) -> None:
    turn = await run(ActionAnswerQuestion(DESK), parsed("ask_menu"), text=text)
    assert turn.reply["reply"] == table.phrases.replies["empty"].en
    assert (turn.reply["understood"], turn.reply["facts"]) == (False, [])
    assert turn.reply["suggestions"]


async def test_a_message_that_is_too_long_is_told_the_limit() -> None:
    fits = await run(ActionAnswerQuestion(DESK), parsed("ask_menu"), text="x" * MOST_CHARACTERS)
    assert fits.reply["facts"]
    turn = await run(ActionAnswerQuestion(DESK), parsed("ask_menu"), text="x" * (MOST_CHARACTERS + 1))
    assert str(MOST_CHARACTERS) in turn.reply["reply"]
    assert (turn.reply["understood"], turn.reply["facts"]) == (False, [])


async def test_a_failure_gets_a_kind_word_and_a_line_in_the_log(
    table: RuleTable, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    action = ActionAnswerQuestion(DESK)
    monkeypatch.setattr(action, "answer", fail)
    slots = {"memory": {"topics": ["menu"]}, "language": "zh"}
    with caplog.at_level(logging.INFO):
        turn = await run(action, parsed("ask_menu", "zh"), slots, text="secret words")
    assert turn.reply["reply"] == table.phrases.replies["failed"].zh
    assert not turn.reply["understood"]
    assert "broken on purpose" in caplog.text
    assert "secret words" not in caplog.text
    assert turn.slots["memory"]["topics"] == ["menu"], "nothing is forgotten"


async def test_circumstances_are_noted_and_repeated() -> None:
    # The classifier reads "We run an unverified service account." so.
    likely = {"give_context": 0.88, "ask_permissions": 0.048, "ask_pay_eligibility": 0.012}
    said = parsed("give_context", likely=likely, account="service", verified="no")
    turn = await run(ActionNoteCircumstances(DESK), said)
    assert "unverified, service account" in turn.reply["reply"]
    assert turn.reply["facts"] == []
    answer = await run(ActionAnswerQuestion(DESK), parsed("ask_permissions"), turn.slots)
    assert answer.reply["facts"] == ["permissions.service.unverified"]


async def test_circumstances_add_up_and_are_corrected() -> None:
    first = await run(ActionNoteCircumstances(DESK), parsed("give_context", account="service", verified="no"))
    second = await run(ActionNoteCircumstances(DESK), parsed("give_context", verified="yes"), first.slots)
    answer = await run(ActionAnswerQuestion(DESK), parsed("ask_permissions"), {**first.slots, **second.slots})
    assert answer.reply["facts"] == ["permissions.service.verified"]


async def test_a_remark_right_after_an_answer_is_answered_for_its_case() -> None:
    first = await run(ActionAnswerQuestion(DESK), parsed("ask_permissions", account="service"))
    likely = {"give_context": 0.8, "ask_permissions": 0.068, "follow_up": 0.059}
    remark = parsed("give_context", text="it's not verified", likely=likely, verified="no")
    turn = await run(ActionNoteCircumstances(DESK), remark, first.slots)
    assert turn.reply["facts"] == ["permissions.service.unverified"]
    assert turn.slots["circumstances"]["verified"] is False, "and remembered"


async def test_context_without_any_case_is_thanked_for(table: RuleTable) -> None:
    turn = await run(ActionNoteCircumstances(DESK), parsed("give_context"))
    assert turn.reply["reply"] == table.phrases.replies["noted_nothing"].en


async def test_sources_of_the_last_answer_are_named() -> None:
    first = await run(ActionAnswerQuestion(DESK), parsed("ask_account_limit"))
    turn = await run(ActionNameSource(DESK), parsed("ask_source"), first.slots)
    assert turn.reply["facts"] == []
    assert turn.reply["reply"].count(";") == 2, "three sources"


async def test_no_answer_yet_has_no_source(table: RuleTable) -> None:
    turn = await run(ActionNameSource(DESK), parsed("ask_source"))
    assert turn.reply["reply"] == table.phrases.replies["no_answer_yet"].en


async def test_a_row_that_has_gone_is_no_source(table: RuleTable) -> None:
    turn = await run(ActionNameSource(DESK), parsed("ask_source"), {"memory": {"rows": ["gone"]}})
    assert turn.reply["reply"] == table.phrases.replies["no_answer_yet"].en


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "intent",
    [
        *("greet", "goodbye", "thank", "affirm", "deny", "ask_capabilities", "request_human"),
        *("out_of_scope", "third_language"),
    ],
)
async def test_small_talk_draws_on_no_fact(table: RuleTable, intent: str, language: Any) -> None:
    turn = await run(ActionSmallTalk(DESK), parsed(intent, language))
    assert turn.reply["reply"] == table.phrases.replies[intent].in_language(language)
    assert (turn.reply["facts"], turn.reply["later"], turn.reply["parts"]) == ([], [], [])
    assert turn.reply["understood"] is (intent not in ("out_of_scope", "third_language"))


async def test_a_person_is_called_who_is_asked_for() -> None:
    assert (await run(ActionSmallTalk(DESK), parsed("request_human"))).reply["person"] == "asked"
    assert (await run(ActionSmallTalk(DESK), parsed("greet"))).reply["person"] is None


async def test_a_person_is_offered_after_two_failures_in_a_row() -> None:
    first = await run(ActionSmallTalk(DESK), parsed("out_of_scope"))
    assert first.reply["person"] is None
    between = await run(ActionAnswerQuestion(DESK), parsed("ask_verification_fee"), first.slots)
    again = await run(ActionSmallTalk(DESK), parsed("out_of_scope"), between.slots)
    assert again.reply["person"] is None
    second = await run(ActionSmallTalk(DESK), parsed("out_of_scope"), again.slots)
    assert second.reply["person"] == "offered"
    assert (await run(ActionSmallTalk(DESK), parsed("out_of_scope"), second.slots)).reply["person"] is None


@pytest.mark.parametrize("intent", ["out_of_scope", "third_language"])
async def test_what_is_not_understood_gets_what_can_be_asked(table: RuleTable, intent: str) -> None:
    turn = await run(ActionSmallTalk(DESK), parsed(intent))
    assert turn.reply["suggestions"] == [table.topics[topic].question.en for topic in table.phrases.openings]
    assert (await run(ActionSmallTalk(DESK), parsed("thank"))).reply["suggestions"] == []


async def test_what_was_taken_for_small_talk_may_ask_on_from_the_last_answer() -> None:
    first = await run(ActionAnswerQuestion(DESK), parsed("ask_verification_fee"))
    likely = {"out_of_scope": 0.45, "ask_verification_duration": 0.3, "follow_up": 0.2}
    on = parsed("out_of_scope", text="how long then", likely=likely, aspect="duration")
    turn = await run(ActionSmallTalk(DESK), on, first.slots)
    assert turn.reply["facts"] == ["verification.duration"]


async def test_nothing_in_a_third_language_counts(table: RuleTable) -> None:
    first = await run(ActionAnswerQuestion(DESK), parsed("ask_verification_fee"))
    third = parsed("third_language", text="Wie lange dauert das?", likely={"third_language": 1.0}, aspect="duration")
    turn = await run(ActionSmallTalk(DESK), third, first.slots)
    assert turn.reply["reply"] == table.phrases.replies["third_language"].en
    assert (turn.reply["facts"], turn.reply["confidence"]) == ([], 1.0)


async def test_what_was_taken_for_small_talk_may_hold_a_question() -> None:
    greeting = {"greet": 0.47, "ask_verification_fee": 0.45}
    fee = piece("ask_verification_fee", likely={"ask_verification_fee": 0.98})
    turn = await run(ActionSmallTalk(DESK), parsed_pieces(fee, whole=greeting))
    assert turn.reply["facts"] == ["verification.fee"]


@pytest.mark.parametrize("intent", ["greet", "thank", "goodbye", "affirm", "deny", "out_of_scope"])
async def test_small_talk_after_an_answer_is_no_question(table: RuleTable, intent: str) -> None:
    first = await run(ActionAnswerQuestion(DESK), parsed("ask_verification_fee"))
    turn = await run(ActionSmallTalk(DESK), parsed(intent, likely={intent: 0.97}), first.slots)
    assert turn.reply["reply"] == table.phrases.replies[intent].en
    assert turn.reply["facts"] == []


async def test_asking_back_offers_two_to_four_topics() -> None:
    likely = {"greet": 0.3, "ask_menu": 0.2, "ask_pay_rate": 0.15, "ask_choose": 0.1}
    turn = await run(ActionAskBack(DESK), parsed("greet", likely=likely))
    assert 2 <= len(turn.reply["suggestions"]) <= 4
    assert (turn.reply["understood"], turn.reply["facts"]) == (False, [])
    chosen = await run(ActionAnswerQuestion(DESK), parsed("choose_option", option="2"), turn.slots)
    assert chosen.reply["facts"] == ["pay.rate"]


async def test_no_asking_back_where_what_came_before_makes_clear_what_is_meant() -> None:
    first = await run(ActionAnswerQuestion(DESK), parsed("ask_menu", account="service"))
    turn = await run(ActionAskBack(DESK), parsed("follow_up", account="subscription"), first.slots)
    assert turn.reply["facts"] == ["menu.subscription"]


def test_rasa_sdk_finds_every_action_of_the_domain() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert set(executor.actions) == {
        "action_answer_question",
        "action_ask_back",
        "action_name_source",
        "action_note_circumstances",
        "action_small_talk",
    }
