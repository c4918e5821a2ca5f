"""Answers in traditional characters."""

from __future__ import annotations

from actions.consult.answer import Answer, AnswerPart, SourceLine, Table
from actions.wording.script import in_traditional, to_traditional
from tests.actions.asking import ask


def test_words_are_converted() -> None:
    assert to_traditional("订阅号和服务号") == "訂閱號和服務號"
    assert to_traditional("WeChat 300") == "WeChat 300"
    assert to_traditional("") == ""


def test_every_word_of_an_answer() -> None:
    part = AnswerPart(
        topic="menu",
        title="认证",
        lead="认证",
        reason="认证",
        source=SourceLine("认证", "https://mp.weixin.qq.com/认证"),
        changes=("认证",),
        table=Table(("", "认证"), (("认证", "认证"),)),
    )
    answer = in_traditional(Answer((part,), "认证", True, ("menu.service",), ("menu.svc_any",), ("认证",)))
    assert (answer.text, answer.suggestions) == ("認證", ("認證",))
    assert answer.parts == (
        AnswerPart(
            topic="menu",
            title="認證",
            lead="認證",
            reason="認證",
            source=SourceLine("認證", "https://mp.weixin.qq.com/认证"),
            changes=("認證",),
            table=Table(("", "認證"), (("認證", "認證"),)),
        ),
    )
    assert (answer.facts, answer.later, answer.understood) == (("menu.service",), ("menu.svc_any",), True)


def test_what_is_not_there_stays_away() -> None:
    part = in_traditional(Answer((AnswerPart("menu", "认证", "认证"),), "认证")).parts[0]
    assert (part.reason, part.source, part.table, part.changes) == (None, None, None, ())


def test_an_answer_of_the_table() -> None:
    text = in_traditional(ask("ask_verification_fee", "zh")).text
    assert "認證" in text
    assert "认证" not in text
    assert "300元" in text
