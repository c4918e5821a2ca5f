"""Outcomes: right or not, kept as JSON lines, counted by what the bot did."""

from __future__ import annotations

import json
from pathlib import Path

from bot.evaluation.acts import Act
from bot.evaluation.outcomes import acts_by_scope, write_outcomes
from tests.bot.evaluation.made import outcome


def test_a_line_of_results(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    turn = outcome("fee.fact", "fee.fact quota.one", text="多少钱\n？", language="zh", dialogue="d1", earlier=("认证",))
    write_outcomes(file, [turn, outcome("fee.fact")])
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert lines[0] == {
        "text": "多少钱\n？",
        "language": "zh",
        "style": "plain",
        "kind": "",
        "dialogue": "d1",
        "earlier": ["认证"],
        "expected": ["fee.fact"],
        "given": ["fee.fact", "quota.one"],
        "right": True,
        "act": "answered",
        "topics": [],
        "intent": "ask_fee",
        "confidence": 0.9,
        "model": "m.tar.gz",
    }
    assert [line["right"] for line in lines] == [True, False]


def test_acts_are_counted_by_scope() -> None:
    counts = acts_by_scope(
        [
            outcome("fee.fact", dialogue="d"),
            outcome("fee.fact"),
            outcome("fee.fact", act=Act.ASKED_BACK),
            outcome(act=Act.REFUSED),
            outcome(dialogue="d", act=Act.TALKED),
        ]
    )
    assert list(counts) == ["questions in scope", "questions out of scope", "turns in scope", "turns without a fact"]
    assert counts["questions in scope"] == {Act.ANSWERED: 1, Act.ASKED_BACK: 1}
    assert counts["turns without a fact"] == {Act.TALKED: 1}
