"""The check before training: what must be mended, and what is doubtful."""

from __future__ import annotations

import json

import pytest

from bot.evaluation.training_data.questions import Example
from bot.learning.checking import Check, check_lessons
from bot.learning.checking.doubts import doubts
from bot.learning.database import ReviewDatabase
from bot.learning.deciding import label, make_draft
from bot.learning.drafts import Draft
from bot.learning.landing import land
from bot.settings import PROJECT, Settings
from tests.bot.learning.reviewing import REFUND, REFUND_TEXTS, add_text, add_texts, files_of


def kinds(found: Check) -> dict[str, bool]:
    return {note.kind: note.blocks for note in found.notes}


def test_a_good_new_intent_has_nothing_to_mend(database: ReviewDatabase, settings: Settings) -> None:
    make_draft(database, settings, REFUND, "ann", add_texts(database, REFUND_TEXTS, people=3))
    files = files_of(settings)
    assert check_lessons(database, settings).notes == ()
    assert files_of(settings) == files
    land(database, settings, "ann")
    assert check_lessons(database, settings, planned=False).notes == ()


def test_what_is_thin_is_a_warning(sqlite: ReviewDatabase, settings: Settings) -> None:
    make_draft(sqlite, settings, REFUND, "ann", add_texts(sqlite, REFUND_TEXTS[:5]))
    found = check_lessons(sqlite, settings)
    assert kinds(found) == {"few questions": False, "few people": False, "one language only": False}
    assert not found.blocks


def test_a_draft_of_a_name_alone_is_told_with_what_it_lacks(sqlite: ReviewDatabase, settings: Settings) -> None:
    make_draft(sqlite, settings, Draft(name="refund_time"), "ann", add_texts(sqlite, REFUND_TEXTS))
    found = check_lessons(sqlite, settings)
    assert found.blocks and kinds(found) == {"landing": True}


def test_contradictions_must_be_mended(sqlite: ReviewDatabase, settings: Settings) -> None:
    text = add_text(sqlite, "sing me a song")
    label(sqlite, settings, {text: 0}, "ask_menu", "ann")
    found = check_lessons(sqlite, settings)
    assert found.blocks and found.notes[0].place == f"text {text}"
    assert not check_lessons(sqlite, settings, planned=False).blocks
    (settings.project / "data/nlu/more.yml").write_text(
        'version: "3.1"\nnlu:\n  - intent: greet\n    examples: |\n      - do subscription accounts have menus\n'
    )
    found = check_lessons(sqlite, settings, planned=False)
    assert [(note.kind, note.place) for note in found.notes if note.blocks] == [
        ("texts under two intents", "data/nlu/all.yml:8")
    ]


def test_near_copies_are_named_with_both_places(sqlite: ReviewDatabase, settings: Settings) -> None:
    asked = settings.project / "tests/development/questions.jsonl"
    asked.parent.mkdir(parents=True)
    case = {"text": "could subscription accounts ever be merged with service accounts", "language": "en", "facts": []}
    asked.write_text(json.dumps(case), encoding="utf-8")
    near = add_text(sqlite, "could the subscription accounts ever be merged with service account")
    label(
        sqlite, settings, {near: 0, add_text(sqlite, "what is a weather in Paris"): 0}, "ask_menu", "ann", use="train"
    )
    found = {note.kind: note for note in check_lessons(sqlite, settings).notes}
    assert "in tests/development/questions.jsonl:1" in found["near copies of what measures"].message
    assert "(out_of_scope) in data/nlu/all.yml:" in found["near copies under two intents"].message
    assert all(note.place.startswith("data/nlu/learned.yml:") for note in found.values() if "near" in note.kind)


def test_the_words_of_one_person_are_told(sqlite: ReviewDatabase, settings: Settings) -> None:
    texts = (
        "menu of the shop, where",
        "are there bars at the bottom",
        "buttons under the chat",
        "how to open the list",
    )
    label(sqlite, settings, add_texts(sqlite, texts), "ask_menu", "ann", use="train")
    assert kinds(check_lessons(sqlite, settings)) == {"one person's words": False}


def test_a_text_of_another_language_is_told(sqlite: ReviewDatabase, settings: Settings) -> None:
    which = add_text(sqlite, "服务号的按钮在哪里", language="en")
    label(sqlite, settings, {which: 0}, "ask_menu", "ann", use="train")
    found = [note for note in check_lessons(sqlite, settings).notes if note.kind == "another language"]
    assert len(found) == 1 and "noted as English" in found[0].message


def test_an_intent_beside_a_giant_is_told(sqlite: ReviewDatabase, settings: Settings) -> None:
    lines = "".join(f"      - number {number} is what I mean\n" for number in range(200))
    (settings.project / "data/nlu/more.yml").write_text(
        f'version: "3.1"\nnlu:\n  - intent: ask_menu\n    examples: |\n{lines}', encoding="utf-8"
    )
    make_draft(sqlite, settings, REFUND, "ann", add_texts(sqlite, REFUND_TEXTS, people=3))
    assert kinds(check_lessons(sqlite, settings)) == {"out of balance": False}


def test_a_wrong_label_is_doubted_and_a_right_one_is_not() -> None:
    topics = ("menu", "refund", "coupon", "badge", "quota", "logo", "stamp")
    places = ("shop", "app", "chat", "page", "list", "desk")
    questions = [
        Example(f"where is the {topic} of the {place}", f"ask_{topic}", PROJECT, number)
        for number, (topic, place) in enumerate((topic, place) for topic in topics for place in places)
    ]
    wrong = Example("my coupon and quota and badge and logo and stamp", "ask_refund", PROJECT, 100)
    right = Example("tell me the refund of the bank", "ask_refund", PROJECT, 101)
    found = doubts([*questions, wrong, right], [wrong, right])
    assert [question for question, _ in found] == [wrong] and "ask_refund" not in found[0][1]


@pytest.mark.parametrize("texts", [(), ("?", "!")])
def test_without_words_nothing_is_doubted(texts: tuple[str, ...]) -> None:
    questions = [Example(text, f"intent {number}", PROJECT, number) for number, text in enumerate(texts)]
    assert doubts(questions, questions) == []
