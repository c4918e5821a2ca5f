"""Consultations with the real model: described cases, conversations with corrections and digressions."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from bot.assistant import contract_of
from bot.evaluation.cases import Case, read_cases
from tests.talking import Bot, Reply

CASES = Path(__file__).parent / "development" / "cases" / "consultation.jsonl"

# The share of the described cases that must be answered rightly.
SHARE = 0.95


def ask(bot: Bot, case: Case) -> Reply:
    assert case.expects
    conversation = uuid.uuid4().hex
    for text in case.expects.before:
        bot.ask(text, conversation, case.expects.as_of)
    return bot.ask(case.text, conversation, case.expects.as_of)


def test_described_cases_are_answered(bot: Bot) -> None:
    missed = []
    cases = read_cases(CASES)
    for case in cases:
        reply = ask(bot, case)
        assert case.expects
        shown = case.expects.judge(reply["reply"], reply["recommendation"])
        if not (shown and case.judge(reply["facts"])):
            missed.append((case.text, reply["facts"], reply["recommendation"]))
    assert len(missed) <= len(cases) * (1 - SHARE), missed


def test_a_conversation_with_a_digression_a_correction_and_a_result(bot: Bot) -> None:
    replies = bot.talk(
        "Could you advise us step by step?",
        "Selling and taking payments",
        "Why do you ask?",
        "a company",
        "How much does verification cost?",
        "not listed",
        "skip",
        "Several brands or branches",
        "No, we are listed, with 8 million of capital",
    )
    asked = [reply["reply"] for reply in replies]
    assert "private person can register a subscription account only" in asked[2]
    assert replies[4]["facts"] == ["verification.fee"]
    assert "Is the company listed" in asked[4]
    assert replies[7]["recommendation"] == "service"
    assert "20,300 yuan" in asked[7]
    assert replies[7]["plan"]["recommendation"]["account"] == "service"
    assert replies[8]["recommendation"] == "service"
    assert "20,300" not in asked[8]


def test_a_consultation_in_traditional_characters(bot: Bot) -> None:
    replies = bot.talk("開始諮詢", "賣東西、收款", "2", "直接給結果")
    assert "選" in replies[0]["reply"]
    assert replies[-1]["recommendation"] is None
    assert "個人" in replies[-1]["reply"]


def test_the_contract_has_no_key_more(bot: Bot) -> None:
    (*_, reply) = bot.talk("start a consultation", "Publishing news and articles", "show the result")
    assert reply["recommendation"] == "subscription"
    assert "plan" not in contract_of(reply)
    json.dumps(reply["plan"])


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Which accounts may apply for WeChat Pay?", ["pay.eligibility"]),
        ("Which type of account should we open?", ["choose.positioning"]),
        ("How do the two types of account differ?", ["pay.eligibility"]),
        ("What may a service account do that is not verified?", ["permissions.service.unverified"]),
    ],
)
def test_what_asks_for_no_advice_gets_none(bot: Bot, text: str, facts: list[str]) -> None:
    reply: dict[str, Any] = bot.ask(text)
    assert reply["recommendation"] is None
    assert set(facts) <= set(reply["facts"])
