"""Which conversations are asked for which cases, and answers that are kept until what they rest on is another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.cases import Case, Expected
from bot.learning.promoting import answers_kept
from bot.learning.promoting.answers_kept import FOLDER, MOST_FILES, KeptAnswers
from bot.learning.promoting.scripts import Script, places_of

ANSWER: dict[str, Any] = {"act": "answered", "topics": ["fee"]}


def test_turns_of_a_dialogue_are_one_conversation() -> None:
    cases = [
        Case("fee?", "en", "", ()),
        Case("menu?", "en", "", (), dialogue="d"),
        Case("and now?", "en", "", (), dialogue="d", earlier=("menu?",)),
        Case("menu?", "en", "", (), dialogue="e"),
    ]
    places = places_of(cases)
    assert [(place.script.turns, place.turn) for place in places] == [
        (("fee?",), 0),
        (("menu?", "and now?"), 0),
        (("menu?", "and now?"), 1),
        (("menu?",), 0),
    ]


def test_what_is_said_before_a_described_case_is_said_too() -> None:
    (place,) = places_of([Case("b", "en", "", (), expects=Expected(before=("a",), as_of="2026"))])
    assert (place.script, place.turn) == (Script(("a", "b"), "2026"), 1)


def test_two_conversations_are_told_apart() -> None:
    scripts = [Script(("a", "b")), Script(("ab",)), Script(("a",)), Script(("a",), "2026"), Script(("a", "b"), "")]
    assert len({script.key for script in scripts}) == len(scripts)


def test_answers_are_kept_for_one_model_and_threshold(tmp_path: Path) -> None:
    asked, other = Script(("a",)), Script(("b",))
    kept = KeptAnswers(tmp_path, "hash", {"en": 0.1})
    assert kept.missing([asked, other, asked]) == [asked, other]
    kept.add([asked], [[ANSWER]])
    kept.keep()
    again = KeptAnswers(tmp_path, "hash", {"en": 0.1})
    assert again.missing([asked, other]) == [other]
    assert again.of(asked) == [ANSWER]
    for others in (KeptAnswers(tmp_path, "another", {"en": 0.1}), KeptAnswers(tmp_path, "hash", {"en": 0.2})):
        assert others.missing([asked]) == [asked]


@pytest.mark.parametrize("changed", ["code_hash", "table_hash"])
def test_another_code_or_table_asks_anew(tmp_path: Path, changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptAnswers(tmp_path, "hash", {})
    kept.add([Script(("a",))], [[ANSWER]])
    kept.keep()
    monkeypatch.setattr(answers_kept, changed, lambda: "another")
    assert KeptAnswers(tmp_path, "hash", {}).missing([Script(("a",))])


def test_a_broken_file_counts_as_none_and_old_ones_go(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 3):
        KeptAnswers(tmp_path, f"hash {number}", {}).keep()
    files = list((tmp_path / FOLDER).glob("*.json"))
    assert len(files) == MOST_FILES
    KeptAnswers(tmp_path, "hash", {}).keep()
    for file in (tmp_path / FOLDER).glob("*.json"):
        file.write_text('{"half', encoding="utf-8")
    assert KeptAnswers(tmp_path, "hash", {}).missing([Script(("a",))])
