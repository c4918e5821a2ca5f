"""What a reply does is told from its parts and its words."""

from __future__ import annotations

from typing import Any

import pytest

from actions.rule_table.table import RuleTable
from actions.wording.script import to_traditional
from bot.evaluation.acts import Act, act_of, known_replies, topics_in
from tests.talking import Bot


def reply(text: str, *topics: str) -> dict[str, Any]:
    return {"reply": text, "parts": [{"topic": topic} for topic in topics]}


@pytest.mark.parametrize(
    ("topics", "act"), [(("fee",), Act.ANSWERED), (("fee", "fee"), Act.ANSWERED), (("fee", "menu"), Act.ANSWERED_MORE)]
)
def test_answers(topics: tuple[str, ...], act: Act) -> None:
    assert act_of(reply("...", *topics), {}) is act
    assert topics_in(reply("...", *topics)) == tuple(dict.fromkeys(topics))


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("out_of_scope", Act.REFUSED),
        ("ask_back", Act.ASKED_BACK),
        ("ask_back_open", Act.ASKED_BACK),
        ("which_subject", Act.ASKED_BACK),
        ("failed", Act.FAILED),
        ("greet", Act.TALKED),
        ("noted_nothing", Act.TALKED),
    ],
)
def test_stand_alone_replies(table: RuleTable, name: str, act: Act) -> None:
    wording = table.phrases.replies[name]
    known = known_replies(table.phrases)
    for text in (wording.en, wording.zh, to_traditional(wording.zh)):
        assert act_of(reply(text), known) is act


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("How much does verification cost?", Act.ANSWERED),
        ("公众号认证要多少钱？审核要多久？", Act.ANSWERED_MORE),
        ("Who won the football match?", Act.REFUSED),
        ("Hello", Act.TALKED),
    ],
)
def test_real_replies(bot: Bot, table: RuleTable, text: str, act: Act) -> None:
    assert act_of(bot.ask(text), known_replies(table.phrases)) is act
