"""Taking words out of texts, and putting them back."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from bot.learning.database import ReviewDatabase
from bot.learning.deciding import DecisionError, StaleDecisionError, label, redact
from bot.learning.landing import undo, unlearn
from bot.learning.schema import ACTIONS, MESSAGES
from bot.settings import Settings
from tests.bot.learning.reviewing import add_text, everything, message_of, text_row


def messages_of(database: ReviewDatabase, which: int) -> list[str]:
    with database.begin() as connection:
        chosen = select(MESSAGES.c.text).where(MESSAGES.c.text_id == which).order_by(MESSAGES.c.id)
        return list(connection.execute(chosen).scalars())


def test_a_name_goes_from_the_text_and_its_messages(database: ReviewDatabase, settings: Settings) -> None:
    text = add_text(database, "I am Wang Xiaoli, is there a menu")
    with database.begin() as connection:
        connection.execute(MESSAGES.insert(), [message_of(text, "i am WANG XIAOLI, is there a menu?", "b")])
        connection.execute(MESSAGES.insert(), [message_of(text, "I am Ｗang Xiaoli, is there a menu", "c")])
    before = everything(database)
    done = redact(database, text, 0, 5, 16, "ann", "Kim")
    assert done.texts == {text: 1}
    assert text_row(database, text)["text"] == "I am Kim, is there a menu"
    assert text_row(database, text)["key"] == "i am kim, is there a menu"
    assert messages_of(database, text) == [
        "I am Kim, is there a menu",
        "i am Kim, is there a menu?",
        "I am Kim, is there a menu",
    ]
    after = everything(database)
    undone = undo(database, settings, done.batch, "ann")
    assert everything(database) == before
    undo(database, settings, undone.batch, "ann")
    assert everything(database) == after


def test_without_a_word_a_surrogate_takes_the_place(database: ReviewDatabase) -> None:
    text = add_text(database, "王小丽问，有菜单吗")
    redact(database, text, 0, 0, 3, "ann")
    assert text_row(database, text)["text"] == "小明问，有菜单吗"


def test_texts_that_read_the_same_then_are_one(database: ReviewDatabase, settings: Settings) -> None:
    known = add_text(database, "is there a menu for Kim", people=3)
    text = add_text(database, "is there a menu for Wang Xiaoli", people=2)
    before = everything(database)
    done = redact(database, text, 0, 20, 31, "ann", "Kim")
    assert done.texts == {known: 1}
    merged = text_row(database, known)
    assert (merged["messages"], merged["people"], len(messages_of(database, known))) == (5, 3, 5)
    undone = undo(database, settings, done.batch, "ann")
    assert everything(database) == before
    with pytest.raises(DecisionError, match="redact it anew"):
        undo(database, settings, undone.batch, "ann")


def test_what_cannot_be_redacted_is_said(database: ReviewDatabase, settings: Settings) -> None:
    text = add_text(database, "Wang")
    for start, end in ((0, 5), (2, 2), (-1, 2)):
        with pytest.raises(DecisionError, match="has 4 characters"):
            redact(database, text, 0, start, end, "ann")
    with pytest.raises(DecisionError, match="nothing would be left"):
        redact(database, text, 0, 0, 4, "ann", "")
    label(database, settings, {text: 0}, "greet", "ben")
    with pytest.raises(StaleDecisionError, match="ben: label"):
        redact(database, text, 0, 0, 4, "ann")


def test_erasing_reaches_what_was_redacted(database: ReviewDatabase, settings: Settings) -> None:
    text = add_text(database, "is there a menu for Wang Xiaoli")
    redact(database, text, 0, 20, 31, "ann")
    unlearn(database, settings, [text], "ann")
    with database.begin() as connection:
        kept = [dict(row) for row in connection.execute(select(ACTIONS)).mappings()]
    assert "Xiaoli" not in json.dumps(kept, default=str)
