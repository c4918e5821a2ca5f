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
from actions.consultant_action import ConsultantAction, ConsultantDesk
from actions.rule_table.table import RuleTable
from actions.settings import ActionSettings
from tests.actions.asking import parsed
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
    "parts",
]


class Turn:
    """What one action did."""

    def __init__(self, messages: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
        (self.message,) = messages
        self.reply: dict[str, Any] = self.message["custom"]
        self.slots = {event["name"]: event["value"] for event in events}


async def run(
    action: ConsultantAction, parse: dict[str, Any], slots: Optional[dict[str, Any]] = None, text: str = "?"
) -> Turn:
    """Runs an action on a message."""
    tracker = Tracker("c1", dict(slots or {}), {**parse, "text": text}, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, tracker, {})
    return Turn(dispatcher.messages, events)


async def test_a_reply_has_every_key_of_the_contract() -> None:
    turn = await run(ActionAnswerQuestion(DESK), parsed("ask_verification_fee"), text="What does it cost?")
    assert list(turn.reply) == KEYS
    assert turn.reply["conversation"] == "c1"
    assert turn.reply["text"] == "What does it cost?"
    assert (turn.reply["intent"], turn.reply["confidence"]) == ("ask_verification_fee", 0.9)
    assert turn.reply["understood"] is True
    assert turn.reply["facts"] == ["verification.fee"]
    assert turn.reply["recommendation"] is None
    assert json.dumps(turn.reply)


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
    turn = await run(ActionNoteCircumstances(DESK), parsed("give_context", account="service", verified="no"))
    assert "unverified, service account" in turn.reply["reply"]
    assert turn.reply["facts"] == []
    answer = await run(ActionAnswerQuestion(DESK), parsed("ask_permissions"), turn.slots)
    assert answer.reply["facts"] == ["permissions.service.unverified"]


async def test_circumstances_add_up_and_are_corrected() -> None:
    first = await run(ActionNoteCircumstances(DESK), parsed("give_context", account="service", verified="no"))
    second = await run(ActionNoteCircumstances(DESK), parsed("give_context", verified="yes"), first.slots)
    answer = await run(ActionAnswerQuestion(DESK), parsed("ask_permissions"), {**first.slots, **second.slots})
    assert answer.reply["facts"] == ["permissions.service.verified"]


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
    "intent", ["greet", "goodbye", "thank", "affirm", "deny", "ask_capabilities", "request_human", "out_of_scope"]
)
async def test_small_talk_draws_on_no_fact(table: RuleTable, intent: str, language: Any) -> None:
    turn = await run(ActionSmallTalk(DESK), parsed(intent, language))
    assert turn.reply["reply"] == table.phrases.replies[intent].in_language(language)
    assert (turn.reply["facts"], turn.reply["later"], turn.reply["parts"]) == ([], [], [])
    assert turn.reply["understood"] is (intent != "out_of_scope")


async def test_out_of_scope_offers_what_can_be_asked(table: RuleTable) -> None:
    turn = await run(ActionSmallTalk(DESK), parsed("out_of_scope"))
    assert turn.reply["suggestions"] == [table.topics[topic].question.en for topic in table.phrases.openings]
    assert (await run(ActionSmallTalk(DESK), parsed("thank"))).reply["suggestions"] == []


async def test_asking_back_offers_two_to_four_topics() -> None:
    ranking = [{"name": name} for name in ("nlu_fallback", "ask_menu", "ask_pay_rate", "ask_choose")]
    turn = await run(ActionAskBack(DESK), {**parsed("nlu_fallback"), "intent_ranking": ranking})
    assert 2 <= len(turn.reply["suggestions"]) <= 4
    assert (turn.reply["understood"], turn.reply["facts"]) == (False, [])
    chosen = await run(ActionAnswerQuestion(DESK), parsed("choose_option", option="2"), turn.slots)
    assert chosen.reply["facts"] == ["pay.rate"]


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
