"""Rows, comparisons and candidates made up for tests."""

from __future__ import annotations

from typing import Optional

from bot.learning.promoting.comparison import Comparison, Given, Replay, Row, Threshold
from bot.learning.promoting.gate import judge, losses_of, p_value, shares, wins_of

NO_FINGERPRINTS = dict.fromkeys(("candidate", "champion", "data", "table", "golden", "code"), "")


def given(topics: str = "", right: Optional[bool] = None, act: str = "answered", confidence: float = 0.9) -> Given:
    """Makes what a model gave. Topics are given in one text, with spaces between."""
    found = tuple(topics.split())
    return Given(act if found else "refused", found, (), (), "ask_fee", confidence, right)


def row(
    expected: str = "fee",
    before: bool = True,
    now: bool = True,
    *,
    language: str = "en",
    must_pass: bool = False,
    text: str = "How much?",
    answered: str = "quota",
) -> Row:
    """Makes a row: what is right gave the expected topics, what is wrong another one."""
    old, new = (given(expected if right else answered, right) for right in (before, now))
    return Row(text, language, "plain", tuple(expected.split()), "questions.jsonl:1", old, new, must_pass=must_pass)


def rows(count: int, expected: str = "fee", before: bool = True, now: bool = True) -> list[Row]:
    """Makes rows in both languages by turns."""
    return [row(expected, before, now, language=("en", "zh")[place % 2]) for place in range(count)]


def comparison(found: list[Row], replay: Optional[Replay] = None) -> Comparison:
    """Makes a comparison of rows."""
    checks = judge(found, None, ["a"])
    wins, losses = wins_of(found), losses_of(found)
    curve = tuple(
        {"language": language, "threshold": step / 10, "answered": 1 - step / 20, "wrong": 0.1 - step / 60}
        for language in ("en", "zh")
        for step in range(6)
    )
    return Comparison(
        candidate="new.tar.gz",
        champion="old.tar.gz",
        at="2026-11-21T19:00:00+00:00",
        passed=all(check.passed is not False for check in checks),
        checks=checks,
        shares={"before": shares(found, now=False), "now": shares(found, now=True)},
        rows=tuple(found),
        wins=wins,
        losses=losses,
        p_value=p_value(len(wins), len(losses)),
        replay=replay or Replay(28, 0, 0, 0, 0, 0),
        threshold=Threshold({"en": 0.1, "zh": 0.1}, {"en": 0.2, "zh": 0.3}, 40, curve),
        fingerprints=NO_FINGERPRINTS,
        seconds=12.3,
    )
