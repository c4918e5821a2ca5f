"""What changed between two runs, and by how likely a chance."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import WenhaoError
from bot.evaluation.changes import Changes, Earlier, Kind, earlier_run, find_changes, read_earlier
from bot.evaluation.outcomes import Outcome, write_outcomes
from tests.bot.evaluation.made import outcome

BEFORE = [
    outcome("fee.fact", "fee.fact", text="stays right", model="old"),
    outcome("fee.fact", "fee.fact", text="gets worse", model="old"),
    outcome("fee.fact", "", text="gets better", model="old"),
    outcome("fee.fact", "quota.one", text="wrong in another way", model="old"),
    outcome("fee.fact", "quota.one fee.fact", text="in another order", model="old"),
    outcome("", "", text="again?", dialogue="d", earlier=("hello",), model="old"),
    outcome("", "", text="is gone", model="old"),
]
NOW = [
    outcome("fee.fact", "fee.fact", text="stays right"),
    outcome("fee.fact", "quota.one", text="gets worse"),
    outcome("fee.fact", "fee.fact", text="gets better"),
    outcome("fee.fact", "quota.two", text="wrong in another way"),
    outcome("fee.fact", "fee.fact quota.one", text="in another order"),
    outcome("", "fee.fact", text="again?", dialogue="d", earlier=("hello",)),
    outcome("", "fee.fact", text="again?", dialogue="d", earlier=("good morning",)),
]


def test_two_small_runs() -> None:
    changes = find_changes(earlier_run(BEFORE), NOW)
    assert (changes.model, changes.compared, changes.new) == ("old", 6, 1)
    assert [(change.kind, change.now.case.text, change.before) for change in changes.changes] == [
        (Kind.NOW_WRONG, "gets worse", ("fee.fact",)),
        (Kind.NOW_WRONG, "again?", ()),
        (Kind.NOW_RIGHT, "gets better", ()),
        (Kind.OTHER_FACTS, "wrong in another way", ("quota.one",)),
    ]


def test_earlier_answers_are_judged_by_what_is_expected_now() -> None:
    before = earlier_run([outcome("fee.fact", "fee.fact", text="a")])
    changes = find_changes(before, [outcome("quota.one", "quota.one", text="a")])
    assert [change.kind for change in changes.changes] == [Kind.NOW_RIGHT]


@pytest.mark.parametrize(
    ("won", "lost", "p_value"),
    # As R's binom.test(won, won + lost) gives it.
    [(0, 0, 1.0), (1, 0, 1.0), (5, 5, 1.0), (9, 1, 0.021484), (1, 9, 0.021484), (10, 0, 0.001953), (15, 5, 0.041389)],
)
def test_exact_mcnemar(won: int, lost: int, p_value: float) -> None:
    better = [(outcome("fee.fact", ""), outcome("fee.fact", "fee.fact"))] * won
    worse = [(outcome("fee.fact", "fee.fact"), outcome("fee.fact", ""))] * lost
    assert compared([*better, *worse]).p_value == pytest.approx(p_value, abs=1e-6)


def compared(pairs: list[tuple[Outcome, Outcome]]) -> Changes:
    given = {((), str(place)): before.given for place, (before, _) in enumerate(pairs)}
    now = [outcome("fee.fact", " ".join(after.given), text=str(place)) for place, (_, after) in enumerate(pairs)]
    return find_changes(Earlier("old", given), now)


def test_results_that_were_kept_say_the_same(tmp_path: Path) -> None:
    write_outcomes(tmp_path / "results.jsonl", BEFORE)
    assert read_earlier(tmp_path / "results.jsonl") == earlier_run(BEFORE)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "results.jsonl is empty: name the results.jsonl of another run with --against, or remove it"),
        ('{"text": "a"}', 'results.jsonl:1: "given" is missing'),
        ('{"text": "a", "given": []}\n{"text"', "results.jsonl:2: is no JSON"),
    ],
)
def test_results_that_can_not_be_read(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "results.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(WenhaoError, match=told):
        read_earlier(tmp_path / "results.jsonl")


def test_results_from_elsewhere_need_no_more_than_text_and_facts(tmp_path: Path) -> None:
    (tmp_path / "results.jsonl").write_text('{"text": "a", "given": ["fee.fact"]}', encoding="utf-8")
    assert read_earlier(tmp_path / "results.jsonl") == Earlier(
        "an unnamed model", {((), "a"): ("fee.fact",)}, {((), "a"): ()}
    )
