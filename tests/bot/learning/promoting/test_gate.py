"""The gate, rule by rule, at its edges."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.learning.promoting.comparison import Check, Row
from bot.learning.promoting.gate import judge, losses_of, p_value, shares, wins_of
from tests.bot.learning.promoting.made import row, rows


def check(name: str, found: Sequence[Row], earlier: Sequence[str] = (), hashes: Sequence[str] = ("a",)) -> Check:
    return next(each for each in judge(found, earlier, hashes) if each.name == name)


def test_the_same_answers_pass() -> None:
    assert all(each.passed for each in judge(rows(40), ["a"], ["a", "b"]))


@pytest.mark.parametrize(
    ("losses", "wins", "passes"),
    [
        (4, 0, True),
        (5, 0, False),
        (6, 1, True),
        (7, 1, False),
        (8, 2, True),
        (9, 2, False),
        (12, 5, True),
        (13, 5, False),
    ],
)
def test_losses_that_chance_does_not_explain_block(losses: int, wins: int, passes: bool) -> None:
    # Each of a topic of its own, so that no topic falls. The figures are those of exact McNemar tables.
    found = [row(f"t{place}", True, False) for place in range(losses)]
    found += [row(f"w{place}", False, True) for place in range(wins)]
    assert check("chance", found).passed is passes
    assert (len(losses_of(found)), len(wins_of(found))) == (losses, wins)


def test_gains_never_block() -> None:
    assert check("chance", rows(50, before=False)).passed
    assert p_value(wins=50, losses=0) == 1.0


@pytest.mark.parametrize(
    ("of", "lost", "passes"),
    [(4, 1, True), (4, 2, False), (20, 2, False), (40, 2, True), (40, 3, False), (60, 3, True)],
)
def test_a_topic_may_lose_one_row_or_five_points(of: int, lost: int, passes: bool) -> None:
    found = [*rows(lost, now=False), *rows(of - lost), *rows(30, "quota")]
    fallen = check("topics", found)
    assert fallen.passed is passes
    if not passes:
        assert fallen.figures["fallen"] == [{"topic": "fee", "before": of, "now": of - lost, "of": of}]
        assert fallen.rows == tuple(range(lost)), "the rows are named"


def test_what_is_not_ours_counts_as_a_topic() -> None:
    found = [*rows(3, "", now=False), *rows(20, "")]
    assert check("topics", found).figures["fallen"][0]["topic"] == ""


def test_a_topic_that_gains_elsewhere_may_still_not_fall() -> None:
    found = [*rows(2, now=False), *rows(2, before=False)]
    assert check("topics", found).passed, "two lost and two won of one topic is no fall"


def test_one_lost_row_that_must_pass_blocks_and_is_in_no_figure() -> None:
    found = [*rows(10), row(now=False, must_pass=True), row(before=False, now=False, must_pass=True)]
    lost = check("must_pass", found)
    assert (lost.passed, lost.rows) == (False, (10,))
    assert losses_of(found) == ()
    assert shares(found, now=True)["all"].rows == 10


@pytest.mark.parametrize(
    ("earlier", "hashes", "gone"),
    [
        (["a"], ["a", "b"], 0),
        (["a", "b"], ["b", "a"], 0),
        (["a", "b"], ["a"], 1),
        (["a"], ["c"], 1),
        (["a"], [], 1),
    ],
)
def test_the_golden_set_only_grows(earlier: list[str], hashes: list[str], gone: int) -> None:
    grown = check("golden_grown", rows(4), earlier, hashes)
    assert (grown.passed, grown.figures["gone"]) == (gone == 0, gone)


@pytest.mark.parametrize("found", [[], rows(1), [row(must_pass=True), row(language="zh", must_pass=True)]])
def test_a_golden_set_that_is_empty_or_of_one_language_blocks(found: list[Row]) -> None:
    assert check("golden_there", found).passed is False


def test_shares_by_language() -> None:
    found = [row(), row(now=False), row(language="zh"), row("", language="zh"), row("", now=False, language="zh")]
    now = shares(found, now=True)
    assert (now["en"].answered, now["en"].right, now["en"].wrong, now["en"].caught) == (1.0, 0.5, 0.5, None)
    assert (now["zh"].rows, now["zh"].caught, now["zh"].wrong) == (3, 0.5, 1 / 3)
    assert shares([], now=True)["all"].answered is None
