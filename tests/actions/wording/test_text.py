"""Parts as plain text."""

from __future__ import annotations

from actions.consult.answer import AnswerPart, SourceLine, Table
from actions.wording.text import to_text


def test_a_line_for_each_kind_of_statement() -> None:
    part = AnswerPart(
        topic="x",
        title="X",
        lead="Yes.",
        reason="Because.",
        source=SourceLine("Source: a page.", "https://mp.weixin.qq.com/a"),
        changes=("Changed once.", "Changed twice."),
    )
    assert to_text([part], "–").splitlines() == [
        "Yes.",
        "Because.",
        "Source: a page. https://mp.weixin.qq.com/a",
        "Changed once.",
        "Changed twice.",
    ]


def test_a_blank_line_between_parts() -> None:
    assert to_text([AnswerPart("x", "X", "One."), AnswerPart("y", "Y", "Two.")], "–") == "One.\n\nTwo."


def test_an_empty_cell_has_a_sign() -> None:
    table = Table(("", "this", "that"), (("Colour", "red", ""),))
    assert to_text([AnswerPart("x", "X", "Side by side:", table=table)], "–").splitlines() == [
        "Side by side:",
        "Colour",
        "  this: red",
        "  that: –",
    ]


def test_nothing() -> None:
    assert to_text([], "–") == ""
