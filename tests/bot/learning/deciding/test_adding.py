"""Examples that a reviewer writes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.learning.database import ReviewDatabase
from bot.learning.deciding import DecisionError
from bot.learning.deciding.adding import add_texts
from bot.learning.landing import undo
from bot.learning.schema import TEXTS
from bot.settings import Settings
from tests.bot.learning.reviewing import add_text, everything, text_row


def test_written_examples_are_accepted_each_in_its_language(database: ReviewDatabase, settings: Settings) -> None:
    asked = add_text(database, "is there a menu")
    done = add_texts(
        database,
        settings,
        ["Is there a menu?", "  menus\u202e please ", "", "可以加菜单吗", "menus please"],
        "ask_menu",
        "ann",
    )
    assert len(done.texts) == 3 and done.texts[asked] == 1
    with database.begin() as connection:
        rows = connection.execute(select(TEXTS).order_by(TEXTS.c.id)).mappings().all()
    assert [(row["language"], row["text"]) for row in rows] == [
        ("en", "is there a menu"),
        ("en", "menus please"),
        ("zh", "可以加菜单吗"),
    ]
    assert {(row["state"], row["intent"]) for row in rows} == {("labelled", "ask_menu")}
    assert [row["messages"] for row in rows[1:]] == [0, 0]


def test_undone_they_wait_for_nothing(database: ReviewDatabase, settings: Settings) -> None:
    done = add_texts(database, settings, ["menus please"], "ask_menu", "ann")
    undo(database, settings, done.batch, "ann")
    row = text_row(database, next(iter(done.texts)))
    assert (row["state"], row["intent"], row["score"]) == ("new", None, 0)


@pytest.mark.parametrize(
    ("texts", "intent", "says"),
    [
        ([], "ask_menu", "one example a line"),
        (["  ", "\u202e"], "ask_menu", "one example a line"),
        ([f"menu number {number}" for number in range(101)], "ask_menu", "no more than 100"),
        (["menus please"], "ask_nothing_known", "there is no intent"),
        (["menus please", "?!"], "ask_menu", "no word"),
        (["menu " * 101], "ask_menu", "500 at most"),
    ],
)
def test_faulty_ones_change_nothing(
    database: ReviewDatabase, settings: Settings, texts: list[str], intent: str, says: str
) -> None:
    before = everything(database)
    with pytest.raises(DecisionError, match=says):
        add_texts(database, settings, texts, intent, "ann")
    assert everything(database) == before
