"""What an earlier model understood is asked of the one that serves now."""

from __future__ import annotations

from typing import Any

from bot.evaluation.acts import Act
from bot.learning.database import ReviewDatabase
from bot.learning.queueing.listing import read_queue
from bot.learning.queueing.refreshing import refresh
from bot.learning.queueing.rereading import outdated, reread
from tests.bot.learning.asking import UNSURE, ask, clock
from tests.bot.learning.reviewing import text_row

DONT_KNOW = {"I don't know.": Act.REFUSED}


class Bot:
    """A model that knows about refunds."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def parse(self, text: str) -> dict[str, Any]:
        knows = "refund" in text
        ranking = [{"name": "ask_refund", "confidence": 0.99}, {"name": "ask_menu", "confidence": 0.01}]
        return {"intent": ranking[0] if knows else ranking[1], "intent_ranking": ranking if knows else ranking[::-1]}

    async def ask(self, text: str) -> dict[str, Any]:
        self.asked.append(text)
        knows = "refund" in text
        parts = [{"topic": "refund_time"}] if knows else []
        return {"reply": "3 days" if knows else "I don't know.", "parts": parts, "confidence": 0.99}


async def test_what_the_new_model_answers_leaves_the_queue(database: ReviewDatabase) -> None:
    refund = ask(database, "when is my refund due", act="refused", ranking=UNSURE, topics=[])
    faxes = ask(database, "can it send faxes", ["ann", "bob"], act="refused", topics=[])
    ask(database, "does the new one know this", act="refused", model="new", topics=[])
    refresh(database, [], "new", clock)

    with database.begin() as connection:
        assert outdated(connection, "old") == [(3, "does the new one know this")]
        texts = outdated(connection, "new")
        first = outdated(connection, "new", most=1)
    assert texts == [(faxes, "can it send faxes"), (refund, "when is my refund due")] and texts.left == 0
    assert first == texts[:1] and first.left == 1

    bot, told = Bot(), []
    await reread(database, texts, bot, "new", DONT_KNOW, told.append)
    assert told == [2]
    refresh(database, [], "new", clock)

    with database.begin() as connection:
        assert [row.id for row in read_queue(connection)] == [faxes, 3]
        assert outdated(connection, "new") == []
    assert text_row(database, refund)["state"] == "new"


async def test_a_text_that_was_erased_meanwhile_is_left_out(database: ReviewDatabase) -> None:
    which = ask(database, "when is my refund due", act="refused")
    await reread(database, [(which, "when is my refund due"), (99, "gone")], Bot(), "new", DONT_KNOW)
    await reread(database, [(which, "when is my refund due")], Bot(), "newer", DONT_KNOW)
    refresh(database, [], "newer", clock)
    with database.begin() as connection:
        assert read_queue(connection) == []
