"""The figures of a message as entities, and what is denied in it."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.figure_extractor import FigureExtractor, figures_of


def process(text: str, *entities: dict[str, Any]) -> list[dict[str, Any]]:
    message = Message.build(text)
    message.set("entities", list(entities), add_to_output=True)
    FigureExtractor().process([message])
    return list(message.get("entities"))


def test_an_amount_has_what_tells_of_it() -> None:
    (found,) = process("registered capital of 3 million")
    told = {name: found[name] for name in ("entity", "value", "currency", "role", "per", "problem")}
    assert told == {"entity": "amount", "value": "3000000", "currency": "", "role": "capital", "per": "", "problem": ""}


def test_a_day_that_is_not_is_told() -> None:
    (found,) = process("by 30 February")
    assert (found["entity"], found["value"], found["deadline"]) == ("date", "impossible", True)


def test_the_date_of_an_as_of_is_no_day_to_reckon_from() -> None:
    text = "as of 2016-05-01"
    as_of = {"entity": "as_of", "value": "2016-05-01", "start": 0, "end": len(text)}
    assert process(text, as_of) == [as_of]


def test_what_was_sent_today_names_no_day() -> None:
    assert [found["entity"] for found in figures_of("今天发了一条", [])] == ["sent"]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("we don't need payments", "denied"),
        ("不需要支付", "denied"),
        ("we only want payments", "alone"),
        ("只要支付", "alone"),
        ("we want payments", ""),
        ("not only payments", ""),
        ("不只支付", ""),
        ("no news, but payments", ""),
    ],
)
def test_what_is_denied_or_wanted_alone(text: str, mark: str) -> None:
    word = "payments" if text.isascii() else "支付"
    start = text.index(word)
    wish = {"entity": "wish", "value": "wechat_pay", "start": start, "end": start + len(word)}
    (found,) = process(text, wish)
    assert {name for name in ("denied", "alone") if name in found} == ({mark} if mark else set())
