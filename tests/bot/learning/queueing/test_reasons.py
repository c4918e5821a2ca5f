"""Why a message deserves a look, and how much."""

from __future__ import annotations

from typing import Any

import pytest

from bot.learning.queueing.reasons import SAMPLED_SHARE, Reading, Seen, is_sampled, reasons_of, teaches_nothing
from bot.learning.queueing.score import HALF_LIFE, NOT_IN_QUEUE, standing_of
from bot.learning.states import Reason
from tests.bot.learning.asking import NOW, SURE, UNSURE

KEY = next(key for key in map(str, range(1000)) if not is_sampled(key))
SAMPLED = next(key for key in map(str, range(1000)) if is_sampled(key))


def _seen(**fields: Any) -> Seen:
    usual = {"person": "ann", "at": NOW, "model": "old", "act": "answered", "ranking": SURE, "topics": ("menu",)}
    return Seen(**{**usual, "reaction": "silence", **fields})


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({}, set()),
        ({"act": "refused"}, {Reason.UNANSWERED}),
        ({"act": "asked back"}, {Reason.UNANSWERED}),
        ({"act": "failed"}, {Reason.UNANSWERED}),
        ({"act": "talked", "ranking": UNSURE, "reaction": "unsolved"}, set()),
        ({"ranking": UNSURE}, {Reason.UNSURE}),
        ({"act": "refused", "ranking": UNSURE}, {Reason.UNANSWERED}),
        ({"ranking": []}, set()),
        ({"reaction": "unsolved"}, {Reason.UNSOLVED}),
        ({"reaction": "rephrased", "ranking": UNSURE}, {Reason.REPHRASED, Reason.UNSURE}),
        ({"reaction": "person"}, {Reason.PERSON}),
        ({"reaction": "solved"}, set()),
    ],
)
def test_reasons(fields: dict[str, Any], reasons: set[Reason]) -> None:
    assert reasons_of(_seen(**fields), KEY) == reasons


def test_of_what_was_answered_surely_a_sample_is_looked_at() -> None:
    assert reasons_of(_seen(), SAMPLED) == {Reason.SAMPLE}
    assert reasons_of(_seen(act="refused"), SAMPLED) == {Reason.UNANSWERED}
    share = sum(is_sampled(f"text {number}") for number in range(20_000)) / 20_000
    assert 0.02 <= share <= 0.05 and share == pytest.approx(SAMPLED_SHARE, abs=0.005)


def test_what_a_newer_model_answers_is_settled() -> None:
    answers = Reading("new", "answered", SURE, ("menu",))
    assert reasons_of(_seen(act="refused", ranking=UNSURE, topics=()), KEY, answers) == set()
    assert reasons_of(_seen(ranking=UNSURE), KEY, answers) == set()
    assert reasons_of(_seen(ranking=UNSURE), KEY, answers._replace(ranking=UNSURE)) == {Reason.UNSURE}
    # The same answer as the one that did not help is no better.
    assert reasons_of(_seen(reaction="unsolved"), KEY, answers) == {Reason.UNSOLVED}
    assert reasons_of(_seen(reaction="unsolved", topics=("fee",)), KEY, answers) == set()


def test_a_newer_reading_gives_no_reasons() -> None:
    assert reasons_of(_seen(), KEY, Reading("new", "refused", UNSURE, ())) == set()
    assert reasons_of(_seen(act="refused", model="new"), KEY, Reading("new", "answered", SURE, ())) != set()


def test_people_count_once_and_older_messages_less() -> None:
    refused = _seen(act="refused")
    one = standing_of(KEY, [refused], NOW)
    assert one.score == pytest.approx(1.0)
    assert standing_of(KEY, [refused] * 50, NOW) == one
    assert standing_of(KEY, [refused, refused._replace(person="bob")], NOW).score == pytest.approx(2.0)
    older = refused._replace(at=NOW - HALF_LIFE)
    assert standing_of(KEY, [older], NOW).score == pytest.approx(0.5)
    assert standing_of(KEY, [older, refused], NOW).score == pytest.approx(1.0)
    assert standing_of(KEY, [refused._replace(at=NOW + HALF_LIFE)], NOW).score == pytest.approx(1.0)


def test_reasons_stand_by_weight_and_a_sample_beside_none() -> None:
    found = standing_of(SAMPLED, [_seen(), _seen(ranking=UNSURE), _seen(reaction="person")], NOW)
    assert found.reasons == (Reason.PERSON, Reason.UNSURE)
    assert standing_of(KEY, [_seen()], NOW) == NOT_IN_QUEUE


def test_what_teaches_nothing() -> None:
    assert teaches_nothing("ask_menu", SURE)
    assert not teaches_nothing("greet", SURE)
    assert not teaches_nothing("ask_menu", UNSURE)
    assert not teaches_nothing("ask_menu", [])
    assert teaches_nothing("ask_menu", [["ask_menu", 1.0]])
