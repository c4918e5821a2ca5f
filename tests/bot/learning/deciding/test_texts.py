"""Decisions on texts: what they change, what they leave, and that nobody's work is lost."""

from __future__ import annotations

import threading

import pytest

from bot.learning.database import ReviewDatabase
from bot.learning.deciding import (
    Decided,
    DecisionError,
    StaleDecisionError,
    batches,
    history_of,
    ignore,
    label,
    reopen,
    seen_in_group,
    skip,
)
from bot.settings import Settings
from tests.bot.learning.reviewing import add_group, add_text, add_texts, everything, text_row


def test_texts_are_accepted_ignored_skipped_and_reopened(database: ReviewDatabase, settings: Settings) -> None:
    seen = add_texts(database, ("is there a menu", "menus please"))
    first, second = seen
    done = label(database, settings, seen, "ask_menu", "ann")
    assert done.texts == {first: 1, second: 1}
    assert text_row(database, first) | {"state": "labelled", "intent": "ask_menu"} == text_row(database, first)
    done = ignore(database, {first: 1}, "ann")
    assert (text_row(database, first)["state"], text_row(database, first)["intent"]) == ("ignored", None)
    skip(database, done.texts, "ann")
    assert text_row(database, first)["state"] == "skipped"
    reopen(database, {first: 3, second: 1}, "ann")
    assert [text_row(database, which)["state"] for which in seen] == ["new", "new"]
    assert [row["kind"] for row in history_of(database, first)] == ["label", "ignore", "skip", "reopen"]
    assert [(batch.kind, batch.texts, batch.intents) for batch in batches(database)][-1] == ("label", 2, ("ask_menu",))


def test_what_somebody_else_decided_is_told_and_nothing_is_done(database: ReviewDatabase, settings: Settings) -> None:
    seen = add_texts(database, ("is there a menu", "menus please", "a menu, is there one"))
    _, second, third = seen
    ignore(database, {second: 0}, "ben")
    before = everything(database)
    with pytest.raises(StaleDecisionError, match=rf"text {second} was changed .*ben: ignore") as caught:
        label(database, settings, seen, "ask_menu", "ann")
    other = caught.value.others[0]
    assert (other.which, other.who, other.kind) == (second, "ben", "ignore")
    assert other.after is not None and other.after["state"] == "ignored"
    assert everything(database) == before
    with pytest.raises(StaleDecisionError, match="it is gone"):
        skip(database, {third + 100: 0}, "ann")


def test_of_two_at_once_one_wins_and_one_is_told(database: ReviewDatabase, settings: Settings) -> None:
    seen = add_texts(database, tuple(f"is there menu number {number} anywhere" for number in range(20)))
    start, done, told = threading.Barrier(2), list[Decided](), list[StaleDecisionError]()

    def decide(who: str, backwards: bool) -> None:
        start.wait()
        try:
            chosen = dict(reversed(seen.items())) if backwards else seen
            done.append(label(database, settings, chosen, "ask_menu" if backwards else "greet", who))
        except StaleDecisionError as error:
            told.append(error)

    threads = [threading.Thread(target=decide, args=each) for each in (("ann", False), ("ben", True))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(done), len(told), len(told[0].others)) == (1, 1, 20)
    assert len({text_row(database, which)["intent"] for which in seen}) == 1
    assert len(batches(database)) == 1


def test_what_cannot_be_decided_is_said(database: ReviewDatabase, settings: Settings) -> None:
    text, long, blank = (add_text(database, each) for each in ("a menu", "menu " * 2000, "？！…"))
    with pytest.raises(DecisionError, match=r"did you mean .ask_menu."):
        label(database, settings, {text: 0}, "ask_menus", "ann")
    with pytest.raises(DecisionError, match=f"text {long} is 9,999 characters long"):
        label(database, settings, {text: 0, long: 0}, "ask_menu", "ann")
    with pytest.raises(DecisionError, match=f"text {blank} has no word"):
        label(database, settings, {blank: 0}, "ask_menu", "ann")
    with pytest.raises(DecisionError, match="no text is named"):
        ignore(database, {}, "ann")
    with pytest.raises(DecisionError, match="say who you are"):
        ignore(database, {text: 0}, " ")
    assert not batches(database)


def test_a_whole_group_is_decided_by_what_is_open_in_it(database: ReviewDatabase, settings: Settings) -> None:
    group = add_group(database)
    first, second = (add_text(database, text, group=group) for text in ("one menu", "another menu"))
    label(database, settings, {first: 0}, "ask_menu", "ann")
    assert seen_in_group(database, group) == {second: 0}
