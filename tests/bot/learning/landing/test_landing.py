"""Landing: what decisions become in the project's files, and that taking them back leaves no trace there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from sqlalchemy import null

from actions.rule_table.loader import load_rule_table
from bot.evaluation.training_data.soundness import check
from bot.learning.database import ReviewDatabase
from bot.learning.deciding import change_draft, ignore, label, make_draft
from bot.learning.landing import Landing, LandingBlockedError, land, plan, provenance, undo, unlearn
from bot.learning.landing.files import Steps
from bot.learning.landing.lesson import read_lessons
from bot.learning.promoting.history import Event, Record, append
from bot.learning.schema import ACTIONS, MESSAGES, TEXTS
from bot.settings import Settings
from tests.bot.learning.reviewing import (
    REFUND,
    REFUND_TEXTS,
    add_text,
    add_texts,
    everything,
    files_of,
    text_row,
)

LEARNED = {
    "data/learned/lessons.jsonl",
    "data/nlu/learned.yml",
    "data/rule_table/learned.yml",
    "data/rules/learned.yml",
    "domain/learned.yml",
    "tests/golden/learned.jsonl",
}


def land_refunds(database: ReviewDatabase, settings: Settings) -> Landing:
    seen = add_texts(database, REFUND_TEXTS, people=3)
    make_draft(database, settings, REFUND, "ann", seen)
    return land(database, settings, "ann", "asked every week")


def golden_of(settings: Settings) -> list[dict[str, object]]:
    lines = (settings.project / "tests/golden/learned.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_a_new_intent_lands_whole_and_leaves_no_trace_when_undone(database: ReviewDatabase, settings: Settings) -> None:
    files, rows = files_of(settings), everything(database)
    seen = add_texts(database, REFUND_TEXTS, people=3)
    made = make_draft(database, settings, REFUND, "ann", seen)
    accepted = everything(database)
    landed = land(database, settings, "ann", "asked every week")
    assert landed.topics == ("refund_time",) and not landed.warnings and not landed.known
    assert landed.examples + landed.golden == len(REFUND_TEXTS)
    now = files_of(settings)
    assert now.keys() - files.keys() == LEARNED
    assert all(now[name] == content for name, content in files.items())
    questions = [each for each in check(settings.project).questions if each.intent == "ask_refund_time"]
    assert len(questions) == landed.examples + 2 and not check(settings.project).findings.blocking
    assert load_rule_table(settings.project / "data/rule_table").rows["refund.days"].topic == "refund_time"
    rule = yaml.safe_load((settings.project / "data/rules/learned.yml").read_text(encoding="utf-8"))["rules"][0]
    assert rule["steps"] == [{"or": [{"intent": "ask_refund_time"}]}, {"action": "action_answer_question"}]
    golden = golden_of(settings)
    assert {row["language"] for row in golden} == {"en", "zh"}
    assert all((row["topics"], row["facts"], row["style"]) == (["refund_time"], [], "learned") for row in golden)
    assert {text_row(database, which)["state"] for which in seen} == {"landed"}
    undone = undo(database, settings, landed.batch, "ben", "too early")
    assert files_of(settings) == files and everything(database) == accepted
    assert len(undone.taken_out) == len(REFUND_TEXTS) + 1 and not undone.model_has_them
    again = undo(database, settings, undone.batch, "ben")
    assert files_of(settings) == now and len(again.put_back) == len(REFUND_TEXTS) + 1
    undo(database, settings, again.batch, "ben")
    undo(database, settings, made.batch, "ben")
    assert files_of(settings) == files
    assert {name: rows[name] for name in ("review_drafts", "review_groups")} == {
        name: everything(database)[name] for name in ("review_drafts", "review_groups")
    }


def test_a_decision_is_taken_back_after_it_landed(database: ReviewDatabase, settings: Settings) -> None:
    first, second = add_text(database, "is a menu possible at all"), add_text(database, "where do I find menus")
    label(database, settings, {first: 0}, "ask_menu", "ann")
    land(database, settings, "ann")
    files = files_of(settings)
    done = label(database, settings, {second: 0}, "ask_menu", "ann", use="train")
    land(database, settings, "ann")
    both = files_of(settings)
    undone = undo(database, settings, done.batch, "ben")
    assert [lesson.text for lesson in undone.taken_out] == ["where do I find menus"]
    assert files_of(settings) == files and text_row(database, second)["state"] == "new"
    undo(database, settings, undone.batch, "ben")
    assert files_of(settings) == both and text_row(database, second)["state"] == "landed"


def test_out_of_scope_is_measured_by_no_topic(sqlite: ReviewDatabase, settings: Settings) -> None:
    seen = add_texts(sqlite, ("tell me a joke", "讲个笑话吧"))
    label(sqlite, settings, seen, "out_of_scope", "ann", use="golden")
    assert land(sqlite, settings, "ann").golden == 2
    assert [row["topics"] for row in golden_of(settings)] == [[], []]


def test_what_is_small_talk_measures_nothing(sqlite: ReviewDatabase, settings: Settings) -> None:
    label(sqlite, settings, add_texts(sqlite, ("good evening to you",)), "greet", "ann", use="golden")
    assert land(sqlite, settings, "ann").examples == 1


def test_what_is_known_needs_no_lesson_and_is_told(sqlite: ReviewDatabase, settings: Settings) -> None:
    label(sqlite, settings, {add_text(sqlite, "Which account has the menu?"): 0}, "ask_menu", "ann")
    same = add_text(sqlite, "Which account has the menu please", language="zh")
    label(sqlite, settings, {same: 0}, "ask_menu", "ann", use="train")
    landed = land(sqlite, settings, "ann")
    assert [known.place for known in landed.known] == ["data/nlu/all.yml:6"]
    assert landed.examples == 1 and text_row(sqlite, 1)["state"] == "landed"
    assert land(sqlite, settings, "ann").batch == ""


def test_a_text_under_two_intents_is_in_the_way(sqlite: ReviewDatabase, settings: Settings) -> None:
    first = add_text(sqlite, "Sing me a song!")
    second, third = add_text(sqlite, "menu or weather"), add_text(sqlite, "menu or weather", language="zh")
    label(sqlite, settings, {first: 0, second: 0}, "ask_menu", "ann")
    label(sqlite, settings, {third: 0}, "greet", "ann")
    files = files_of(settings)
    with pytest.raises(LandingBlockedError) as caught:
        land(sqlite, settings, "ann")
    assert {block.text for block in caught.value.blocks} == {first, third}
    assert "stands in data/nlu/all.yml:15 under out_of_scope" in str(caught.value)
    assert files_of(settings) == files and text_row(sqlite, first)["state"] == "labelled"
    ignore(sqlite, {first: 1, third: 1}, "ann")
    assert land(sqlite, settings, "ann").lessons


def test_a_draft_that_is_not_complete_is_in_the_way(sqlite: ReviewDatabase, settings: Settings) -> None:
    seen = add_texts(sqlite, REFUND_TEXTS[:3])
    made = make_draft(sqlite, settings, replace(REFUND, area=""), "ann", seen).draft
    assert made is not None
    label(sqlite, settings, add_texts(sqlite, ("menus anywhere",)), "ask_menu", "ann")
    with pytest.raises(LandingBlockedError, match="the draft 'refund_time': area is missing") as caught:
        land(sqlite, settings, "ann")
    assert [(block.draft, block.field) for block in caught.value.blocks] == [(made, "area")]
    assert land(sqlite, settings, "ann", intents=["ask_menu"]).topics == ()
    change_draft(sqlite, settings, made, 0, REFUND, "ann")
    landed = land(sqlite, settings, "ann")
    assert landed.topics == ("refund_time",)
    assert landed.warnings == (
        "ask_refund_time has 3 texts: it learns better from 8 or more",
        "ask_refund_time was asked by 1 people: what 3 or more ask is surer to be a topic",
        "ask_refund_time has no text in Chinese but its own question: accept some, or import them",
    )


def test_a_plan_says_what_would_land_and_changes_nothing(sqlite: ReviewDatabase, settings: Settings) -> None:
    make_draft(sqlite, settings, REFUND, "ann", add_texts(sqlite, REFUND_TEXTS))
    before = files_of(settings), everything(sqlite)
    planned = plan(sqlite, settings)
    assert planned.topics == ("refund_time",) and not planned.blocks and planned.batch == ""
    assert (files_of(settings), everything(sqlite)) == before


def test_a_topic_that_was_taught_more_is_not_taken_from_under_it(sqlite: ReviewDatabase, settings: Settings) -> None:
    first = land_refunds(sqlite, settings)
    label(sqlite, settings, {add_text(sqlite, "my refund is late"): 0}, "ask_refund_time", "ann")
    second = land(sqlite, settings, "ann")
    with pytest.raises(LandingBlockedError, match=f"the landing {second.batch} taught it more"):
        undo(sqlite, settings, first.batch, "ann")
    undo(sqlite, settings, second.batch, "ann")
    undo(sqlite, settings, first.batch, "ann")
    assert not LEARNED & files_of(settings).keys()


def test_golden_rows_are_only_added_and_never_learned_from(sqlite: ReviewDatabase, settings: Settings) -> None:
    land_refunds(sqlite, settings)
    before = (settings.project / "tests/golden/learned.jsonl").read_bytes()
    texts = tuple(
        f"is there a menu for {trade}" for trade in ("bakers", "florists", "banks", "zoos", "gyms", "cinemas")
    )
    more = tuple(f"{text} and where may I look at it in {place}" for text, place in zip(texts, "abcdef", strict=True))
    label(sqlite, settings, add_texts(sqlite, (*texts, *more)), "ask_menu", "ann")
    land(sqlite, settings, "ann")
    assert (settings.project / "tests/golden/learned.jsonl").read_bytes().startswith(before)
    trained = {question.key for question in check(settings.project).questions}
    assert not trained & {str(row["text"]).lower() for row in golden_of(settings)}


def test_erasing_takes_the_words_from_every_file_and_record(database: ReviewDatabase, settings: Settings) -> None:
    landed = land_refunds(database, settings)
    wanted = [lesson for lesson in landed.lessons if lesson.text_id is not None][:3]
    unlearn(database, settings, [each.text_id for each in wanted if each.text_id], "ann", "asked to be forgotten")
    for lesson in wanted:
        assert all(lesson.text.encode() not in content for content in files_of(settings).values())
    undone = undo(database, settings, landed.batch, "ann")
    assert len(undone.taken_out) == len(landed.lessons) - 3
    again = undo(database, settings, undone.batch, "ann")
    assert {lesson.id for lesson in again.put_back}.isdisjoint(lesson.id for lesson in wanted)


def note_promotion(settings: Settings, model: str, *batches: str) -> None:
    append(settings.models, Record(Event.PROMOTED, "2026-11-21T10:00:00", model, "", batches=batches))


def test_undoing_tells_of_a_promoted_model_and_rolls_it_back(sqlite: ReviewDatabase, settings: Settings) -> None:
    landed = land_refunds(sqlite, settings)
    note_promotion(settings, "second.tar.gz", landed.batch)
    undone = undo(sqlite, settings, landed.batch, "ann")
    assert undone.model_has_them
    again = undo(sqlite, settings, undone.batch, "ann")
    asked: list[str] = []
    undone = undo(
        sqlite, settings, again.batch, "ann", "wrong", lambda lessons, who, why: not asked.append(f"{who} {why}")
    )
    assert undone.rolled_back and not undone.model_has_them and asked == ["ann wrong"]


def test_where_it_comes_from_is_known_both_ways(sqlite: ReviewDatabase, settings: Settings) -> None:
    landed = land_refunds(sqlite, settings)
    note_promotion(settings, "first.tar.gz")
    note_promotion(settings, "second.tar.gz", landed.batch)
    lesson = next(each for each in landed.lessons if each.kind == "example")
    for which in (lesson.id, lesson.message, str(lesson.text_id), lesson.text.upper()):
        found = provenance(sqlite, settings, which)
        assert found.lesson == lesson and found.model == "second.tar.gz"
        assert [message["person"] for message in found.messages] == ["person 0", "person 1", "person 2"]
        assert [(action["kind"], action["who"]) for action in found.actions] == [("label", "ann"), ("land", "ann")]
        file, line = found.place.split(":")
        assert (settings.project / file).read_text(encoding="utf-8").splitlines()[
            int(line) - 1
        ].strip() == f"- {lesson.text}"
    golden = next(each for each in landed.lessons if each.kind == "golden")
    assert provenance(sqlite, settings, golden.id).place.startswith("tests/golden/learned.jsonl:")
    assert provenance(sqlite, settings, landed.lessons[0].id).place == "data/nlu/learned.yml:5"


def test_lessons_say_who_when_why_and_from_what(sqlite: ReviewDatabase, settings: Settings) -> None:
    landed = land_refunds(sqlite, settings)
    lessons = read_lessons(settings.project)
    assert tuple(lessons) == landed.lessons
    assert {(each.who, each.why, each.batch) for each in lessons} == {("ann", "asked every week", landed.batch)}
    assert all(each.when.endswith("+00:00") for each in lessons)
    assert (
        Path(settings.project / "data/learned/lessons.jsonl").read_text(encoding="utf-8").count("退款一直没收到") == 1
    )


def test_a_draft_is_taken_back_with_its_texts_after_it_landed(database: ReviewDatabase, settings: Settings) -> None:
    files = files_of(settings)
    seen = add_texts(database, REFUND_TEXTS, people=3)
    rows = everything(database)
    made = make_draft(database, settings, REFUND, "ann", seen)
    land(database, settings, "ann")
    landed = files_of(settings), everything(database)
    with database.begin() as connection:
        connection.execute(TEXTS.update().values(state="trained"))
    undone = undo(database, settings, made.batch, "ben")
    assert (files_of(settings), everything(database)) == (files, rows)
    undo(database, settings, undone.batch, "ben")
    # Whether a model still has it nobody knows: it has landed, and no more is said.
    assert (files_of(settings), everything(database)) == landed


def test_who_decides_while_it_lands_is_heard(database: ReviewDatabase, settings: Settings) -> None:
    first, second = add_text(database, "is a menu possible"), add_text(database, "where are the menus")
    label(database, settings, {first: 0, second: 0}, "ask_menu", "ann", use="train")

    class Deciding(Steps):
        done = False

        def reached(self, step: str) -> None:
            if step == "journal whole" and not self.done:
                self.done = True
                ignore(database, {first: 1}, "ben")

    landed = land(database, settings, "ann", steps=Deciding())
    assert [lesson.text for lesson in landed.lessons] == ["where are the menus"]
    assert text_row(database, first)["state"] == "ignored"
    assert b"possible" not in files_of(settings)["data/nlu/learned.yml"]


def test_what_was_erased_is_not_in_the_way_of_undoing(database: ReviewDatabase, settings: Settings) -> None:
    landed = land_refunds(database, settings)
    which = next(lesson.text_id for lesson in landed.lessons if lesson.text_id)
    unlearn(database, settings, [which], "ann")
    with database.begin() as connection:
        about = (ACTIONS.c.what == "text") & (ACTIONS.c.which == str(which))
        connection.execute(ACTIONS.update().where(about).values(before=null(), after=null()))
        connection.execute(MESSAGES.delete().where(MESSAGES.c.text_id == which))
        connection.execute(TEXTS.delete().where(TEXTS.c.id == which))
    undone = undo(database, settings, landed.batch, "ann")
    assert len(undone.texts) == len(REFUND_TEXTS) - 1
    assert not LEARNED & files_of(settings).keys()
