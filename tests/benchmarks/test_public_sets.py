"""The public sets: read where they are, left out where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.errors import BenchmarkError
from benchmarks.public_sets import BANKING, BANKING_5, CLINC, SPECS, read_questions, read_sets
from tests.benchmarks.tiny_sets import OUT, QUESTIONS, write_sets


def test_every_set_is_read(tmp_path: Path) -> None:
    sets = read_sets(write_sets(tmp_path))
    assert [each.spec for each in sets.sets] == list(SPECS)
    assert not sets.missing
    clinc = sets.find(CLINC)
    assert clinc
    assert clinc.train == clinc.tuning == clinc.valid == clinc.test == list(QUESTIONS)
    assert clinc.out == clinc.out_valid == list(OUT)


def test_a_set_without_out_of_scope_has_none(tmp_path: Path) -> None:
    banking = read_sets(write_sets(tmp_path)).find(BANKING)
    assert banking
    assert banking.out == banking.out_valid == []


def test_no_folder_is_no_error(tmp_path: Path) -> None:
    sets = read_sets(tmp_path / "none")
    assert not sets.sets
    assert Path("banking77/train8622.csv") in sets.missing


def test_a_set_with_a_missing_file_is_left_out(tmp_path: Path) -> None:
    (write_sets(tmp_path) / "banking77" / "train_5shot.csv").unlink()
    sets = read_sets(tmp_path)
    assert sets.missing == [Path("banking77/train_5shot.csv")]
    assert [each.spec for each in sets.sets] == [spec for spec in SPECS if spec != BANKING_5]


def test_no_set_is_tuned_on_its_test_questions() -> None:
    assert all(spec.test not in (spec.train, spec.tuning, spec.valid, spec.out_valid) for spec in SPECS)


def test_commas_quotes_and_spaces_are_read(tmp_path: Path) -> None:
    file = tmp_path / "questions.csv"
    file.write_text('intent,text\nfee,"what,  ""exactly"",\nis it "\n', encoding="utf-8-sig")
    assert read_questions(file) == [('what, "exactly", is it', "fee")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("question,intent\nwhat,fee\n", "text and intent"),
        ("text,intent\n", "no questions"),
        ("", "text and intent"),
        ("text,intent\nwhat,fee\nwhat\n", "questions.csv:3"),
        ("text,intent\n ,fee\n", "questions.csv:2"),
    ],
)
def test_another_form_is_told_with_its_place(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "questions.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BenchmarkError, match=said):
        read_questions(file)


def test_a_quick_run_takes_each_nth_question(tmp_path: Path) -> None:
    clinc = read_sets(write_sets(tmp_path)).sets[3].cut(2)
    assert clinc.train == list(QUESTIONS[::2])
    assert clinc.out == list(OUT[::2])
