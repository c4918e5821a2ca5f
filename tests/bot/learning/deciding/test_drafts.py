"""Drafts of new intents: kept as typed, checked by the rule table's own checks, shown as they will be answered."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.database import ReviewDatabase
from bot.learning.deciding import (
    DecisionError,
    StaleDecisionError,
    change_draft,
    check_draft,
    drafts,
    drop_draft,
    intents,
    label,
    make_draft,
    names_taken,
    preview,
    read_draft,
)
from bot.learning.drafts import Draft, DraftRow, DraftValue, Words
from bot.learning.landing import undo
from bot.settings import Settings
from tests.bot.learning.reviewing import REFUND, add_text, add_texts, everything, text_row, with_row


def test_a_draft_takes_texts_along_and_everything_is_undone(database: ReviewDatabase, settings: Settings) -> None:
    seen = add_texts(database, ("when is it paid back", "refund please"))
    states, done = [everything(database)], []
    done.append(make_draft(database, settings, Draft("refunds"), "ann", seen))
    made = done[0].draft
    assert made is not None and {text_row(database, text)["intent"] for text in seen} == {"ask_refunds"}
    assert "ask_refunds" in intents(database, settings)
    states.append(everything(database))
    done.append(change_draft(database, settings, made, 0, REFUND, "ann"))
    assert {text_row(database, text)["intent"] for text in seen} == {"ask_refund_time"}
    assert read_draft(database, made).draft == REFUND
    states.append(everything(database))
    done.append(drop_draft(database, made, 1, "ann"))
    assert not drafts(database) and {text_row(database, text)["state"] for text in seen} == {"new"}
    for decided, state in zip(reversed(done), reversed(states), strict=True):
        undo(database, settings, decided.batch, "ben")
        assert everything(database) == state


def test_a_draft_is_not_lost_between_two(database: ReviewDatabase, settings: Settings) -> None:
    made = make_draft(database, settings, REFUND, "ann").draft
    assert made is not None
    change_draft(database, settings, made, 0, replace(REFUND, area="menu"), "ben")
    with pytest.raises(StaleDecisionError, match="ben: draft"):
        change_draft(database, settings, made, 0, replace(REFUND, area="store"), "ann")
    assert read_draft(database, made).draft.area == "menu"


def test_names_that_are_taken_or_none_are_refused(database: ReviewDatabase, settings: Settings) -> None:
    make_draft(database, settings, REFUND, "ann")
    for name, said in (
        ("refund_time", "a draft by ann"),
        ("display_position", "the topic 'Display position'"),
        ("out_of_scope", "an intent"),
        ("退款", "small letters"),
        ("ask_refunds", "must not begin with ask_"),
        ("a" * 61, "small letters"),
        ("Refund", "small letters"),
        ("", "is missing"),
    ):
        with pytest.raises(DecisionError, match=said):
            make_draft(database, settings, Draft(name), "ann")
    with pytest.raises(DecisionError, match="there is no draft 99"):
        read_draft(database, 99)
    with database.begin() as connection:
        assert names_taken(connection) == {"refund_time": "a draft by ann"}


def test_texts_accepted_later_are_in_the_way_of_taking_a_draft_back(
    database: ReviewDatabase, settings: Settings
) -> None:
    made = make_draft(database, settings, REFUND, "ann")
    label(database, settings, {add_text(database, "refund please"): 0}, "ask_refund_time", "ben")
    with pytest.raises(DecisionError, match="accepted into the draft 'refund_time' later"):
        undo(database, settings, made.batch, "ann")


def test_a_complete_draft_has_no_faults_and_is_worded_as_it_will_be(settings: Settings) -> None:
    assert check_draft(settings, REFUND) == []
    shown = preview(settings, REFUND)
    assert shown["en"] is not None and shown["en"].startswith(
        "A refund arrives within 3 working days.\nSource: Tencent"
    )
    assert shown["zh"] is not None and "退款3个工作日内到账。" in shown["zh"] and "2026年5月" in shown["zh"]


def test_an_empty_draft_is_told_what_is_missing(settings: Settings) -> None:
    missing = {fault.field for fault in check_draft(settings, Draft())}
    assert missing == {
        *("name", "title.en", "title.zh", "question.en", "question.zh", "area"),
        *("rows.0.id", "rows.0.answer.en", "rows.0.answer.zh", "rows.0.source", "rows.0.confidence"),
    }
    assert preview(settings, Draft()) == {"en": None, "zh": None}


VALUE = DraftValue("days", "3", "working_day")


@pytest.mark.parametrize(
    ("draft", "field", "said"),
    [
        (with_row(REFUND, valid_from="20x4"), "rows.0.valid_from", "^'20x4' is no date: write 2014, 2015-Q1"),
        (with_row(REFUND, valid_to="2020"), "rows.0.valid_to", "ends on 2020, not after it begins"),
        (with_row(REFUND, id="verification.fee"), "rows.0.id", "'verification.fee' is taken"),
        (with_row(REFUND, values=()), "rows.0.answer.en", "names {days}, and there is no such figure"),
        (with_row(REFUND, answer=Words("In {days}.", "三天")), "rows.0.values.0.value", "nowhere in the Chinese"),
        (with_row(REFUND, answer=Words("In {days", "{days}天")), "rows.0.answer.en", "expected '}'"),
        (with_row(REFUND, values=(replace(VALUE, value="soon"),)), "rows.0.values.0.value", "'soon' is no working_day"),
        (with_row(REFUND, values=(replace(VALUE, unit="fortnight"),)), "rows.0.values.0.unit", "choose the unit"),
        (with_row(REFUND, values=(replace(VALUE, per="moon"),)), "rows.0.values.0.value", "no 'per moon'"),
        (with_row(REFUND, source="S_NONE"), "rows.0.source", "no source 'S_NONE'"),
        (with_row(REFUND, source="guide.choosing"), "rows.0.source", "one of the two guides"),
        (with_row(REFUND, industry=("wizardry",)), "rows.0.industry", "no industry 'wizardry'"),
        (with_row(REFUND, answer=Words("{days}内到账", "{days}内到账")), "rows.0.answer.en", "not look like English"),
        (with_row(REFUND, answer=Words("In {days}.", "In {days}.")), "rows.0.answer.zh", "not look like Chinese"),
        (replace(REFUND, area="nowhere"), "new_area.en", "is missing"),
        (replace(REFUND, suggests=("nothing",)), "name", "no topic 'nothing' to suggest"),
        (
            replace(REFUND, rows=(*REFUND.rows, replace(REFUND.rows[0], id="refund.more"))),
            "rows.1.valid_from",
            "same acc",
        ),
        (replace(REFUND, title=Words("x" * 61, "退款")), "title.en", "61 characters long"),
        (replace(REFUND, sources=(replace(REFUND.sources[0], kind="rumour"),)), "sources.0.kind", "missing or unknown"),
        (replace(REFUND, sources=(replace(REFUND.sources[0], kind="guide_text"),)), "sources.0.kind", "unknown"),
        (replace(REFUND, name="difference"), "name", "is taken by the topic"),
        (replace(REFUND, name="ask_difference"), "name", "must not begin with ask_"),
    ],
)
def test_each_mistake_is_told_at_its_field(settings: Settings, draft: Draft, field: str, said: str) -> None:
    told = {fault.field: fault.message for fault in check_draft(settings, draft)}
    assert field in told, told
    assert re.search(said, told[field]), told


def test_a_new_group_of_topics_comes_with_a_draft(settings: Settings) -> None:
    assert check_draft(settings, replace(REFUND, area="refunds", new_area=Words("Refunds", "退款"))) == []
    faults = check_draft(settings, replace(REFUND, area="pay", new_area=Words("Pay", "支付")))
    assert any("is there already" in fault.message for fault in faults)


def test_checking_keeps_up_with_typing(settings: Settings) -> None:
    check_draft(settings, REFUND)
    start = time.monotonic()
    for number in range(5):
        check_draft(settings, replace(REFUND, name=f"refund_{number}"))
    assert (time.monotonic() - start) / 5 < 0.3


TEXT = st.text(max_size=12)


@given(
    name=TEXT,
    area=TEXT,
    english=TEXT,
    chinese=TEXT,
    value=TEXT,
    unit=st.sampled_from(["", "day", "date", "refund", "x"]),
)
def test_whatever_is_typed_is_checked_without_a_crash(
    name: str, area: str, english: str, chinese: str, value: str, unit: str
) -> None:
    words = Words(english, chinese)
    row = DraftRow(
        name,
        words,
        words,
        (DraftValue(name, value, unit, area),),
        (value,),
        value,
        (name,),
        (area,),
        value,
        value,
        area,
    )
    draft = Draft(name, words, words, area, words, (row,), (), (name,))
    settings = Settings.read({})
    assert Draft.from_data(draft.to_data()) is not None
    check_draft(settings, draft)
    preview(settings, draft)
