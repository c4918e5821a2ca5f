"""The assistant: one question in, one reply object out."""

from __future__ import annotations

import json

import pytest

from bot.assistant import CONTRACT, contract_of
from tests.programs import short
from tests.talking import Bot


def test_a_reply_has_every_key_of_the_contract(bot: Bot) -> None:
    reply = bot.ask("How much does WeChat verification cost?")
    assert tuple(contract_of(reply)) == CONTRACT
    assert json.dumps(contract_of(reply))
    assert reply["parts"]
    assert reply["text"] == "How much does WeChat verification cost?"
    assert (reply["language"], reply["understood"], reply["recommendation"]) == ("en", True, None)
    assert 0 < reply["confidence"] <= 1


def test_messages_of_one_conversation_share_context_and_others_do_not(bot: Bot) -> None:
    bot.ask("Can a service account have a custom menu?", "mine")
    assert bot.ask("and a subscription account?", "mine")["facts"] == ["menu.subscription"]
    assert bot.ask("and a subscription account?", "yours")["facts"] == []


def test_without_an_id_each_message_is_a_conversation(bot: Bot) -> None:
    ids = {bot.ask("Hello")["conversation"] for _ in range(3)}
    assert len(ids) == 3


def test_the_id_comes_back(bot: Bot) -> None:
    assert bot.ask("Hello", "号/../1")["conversation"] == "号/../1"


@pytest.mark.parametrize(
    ("as_of", "first"), [(None, "20,000"), ("guide", "20,000"), ("today", "0 yuan"), ("2013-06", "50,000")]
)
def test_as_of(bot: Bot, as_of: str | None, first: str) -> None:
    reply = bot.ask("Do we have to pay a deposit for WeChat Pay?", as_of=as_of)
    assert first in reply["reply"].splitlines()[0]
    assert reply["facts"] == ["pay.deposit"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "👍👍", "\x00\x1b[31m", "？？？", "x" * 10_000, "\u202e菜单", "<script>alert(1)</script>"],
    ids=short,
)
def test_any_text_gets_a_reply_and_no_fact_is_made_up(bot: Bot, text: str) -> None:
    reply = bot.ask(text)
    assert reply["reply"].strip()
    # Rasa takes the spaces around a message off.
    assert reply["text"] == text.strip()
    if not any(character.isalpha() for character in text) or len(text) > 2000:
        assert reply["facts"] == []
        assert not reply["understood"]


@pytest.mark.parametrize("text", ["{amount}", "{0}", "%s %d", "${HOME}", "[a](b)"])
def test_templates_in_a_message_stay_text(bot: Bot, text: str) -> None:
    reply = bot.ask(f"How much does verification cost? {text}")
    assert "300" in reply["reply"]
    assert reply["text"].endswith(text)


@pytest.mark.parametrize("text", ["/restart", "/session_start", "/back", "/greet", "/ask_menu{", "/EXTERNAL: x", "/"])
def test_rasas_commands_are_words_like_others(bot: Bot, text: str) -> None:
    bot.ask("Can a service account have a custom menu?", "commander")
    assert bot.ask(text, "commander")["reply"].strip()
    assert bot.ask("and a subscription account?", "commander")["facts"] == ["menu.subscription"]
