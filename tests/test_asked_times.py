"""Rules of another time, asked for in words: today's, those of a day, or none in particular."""

from __future__ import annotations

import pytest

from actions.rule_table.table import RuleTable
from actions.wording.values import format_value
from tests.talking import Bot

DEPOSIT_NOW = [
    "Under today's rules, is there a deposit for WeChat Pay?",
    "Is there a deposit for WeChat Pay as of 2026?",
    "按现在的规定，微信支付要交保证金吗？",
    "按照2025年的规定，开通微信支付要交保证金吗？",
]


@pytest.mark.parametrize("text", DEPOSIT_NOW)
def test_under_todays_rules_the_newest_leads_and_the_guide_is_named(bot: Bot, text: str) -> None:
    reply = bot.ask(text)
    lines = reply["reply"].splitlines()
    assert reply["facts"] == ["pay.deposit"]
    assert "pay.deposit_none" in reply["later"]
    assert "20,000" not in lines[0]
    assert "20,000" in "\n".join(lines[1:])
    assert "2014" in lines[0]


@pytest.mark.parametrize(
    "text",
    [
        "Is there a deposit for WeChat Pay now?",
        "We want to open WeChat Pay now, is there a deposit?",
        "我们现在想开通微信支付，要交保证金吗？",
        "Our company was founded in 2016. Is there a deposit for WeChat Pay?",
        "2019年注册的服务号，开通微信支付要交保证金吗？",
    ],
)
def test_a_casual_now_or_the_date_of_an_event_asks_for_no_other_rules(bot: Bot, text: str) -> None:
    reply = bot.ask(text)
    assert reply["facts"] == ["pay.deposit"]
    assert "20,000" in reply["reply"].splitlines()[0]
    assert "pay.deposit_none" in reply["later"], "what changed since is still told"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("How many broadcasts did a service account have as of March 2014?", "bcast.svc_1"),
        ("截至2014年3月，服务号每个月能群发几次？", "bcast.svc_1"),
        ("How many broadcasts does a service account have as of March 2016?", "broadcast.quota.service"),
    ],
)
def test_the_rules_of_a_day_in_between(bot: Bot, table: RuleTable, text: str, row: str) -> None:
    reply = bot.ask(text)
    quota = format_value(table.rows[row].values["quota"], table.phrases, reply["language"])
    assert quota in reply["reply"].splitlines()[0]
    assert reply["facts"] == ["broadcast.quota.service"]
    assert ("bcast.svc_1" in reply["later"]) == (row == "bcast.svc_1")


def test_a_follow_up_keeps_the_time_and_a_new_question_does_not(bot: Bot) -> None:
    replies = bot.talk(
        "Under today's rules, how long does verification take?", "and the cost?", "How long does verification take?"
    )
    assert "15" not in replies[0]["reply"].splitlines()[0]
    assert replies[1]["facts"] == ["verification.fee"]
    assert "15 working days" in replies[2]["reply"].splitlines()[0]


def test_todays_rules_can_be_asked_for_afterwards(bot: Bot) -> None:
    replies = bot.talk("How long does verification take?", "and under today's rules?")
    assert [reply["facts"] for reply in replies] == [["verification.duration"]] * 2
    assert "15" in replies[0]["reply"].splitlines()[0]
    assert "15" not in replies[1]["reply"].splitlines()[0]
