"""Files that can't be read: the byte, the character or the word in the way, and its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.training_data.yaml_files import yaml_files
from tests.bot.evaluation.training_data.small_project import NLU, SmallProject


def test_files_below_a_folder_or_one_file(tmp_path: Path) -> None:
    for name in ("b.yml", "in/a.yaml", "c.txt", "d.yml~"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [file.name for file in yaml_files(tmp_path)] == ["b.yml", "a.yaml"]
    assert yaml_files(tmp_path / "b.yml") == [tmp_path / "b.yml"]
    assert yaml_files(tmp_path / "none") == []


def test_one_line_that_is_not_utf_8(project: SmallProject) -> None:
    good, bad = NLU.encode(), "      - 订阅号呢\n".encode("gb18030")
    project.write("data/nlu/a.yml", good.replace(b"      - hello\n", bad + b"      - hello\n" + bad))
    at = good.index(b"      - hello") + 9
    assert project.problems() == [
        f"data/nlu/a.yml:14: byte 0xB6, byte {at} of the file and 9 of the line, is not UTF-8 "
        "(lines with such bytes: 2); write the line anew, and save the file as UTF-8"
    ]


def test_a_file_in_gbk(project: SmallProject) -> None:
    project.write("data/nlu/a.yml", NLU.encode("gb18030"))
    (problem,) = project.problems()
    assert problem.startswith("data/nlu/a.yml:7: byte 0xB7, byte ")
    assert problem.endswith("the file looks like GBK: save it as UTF-8 (iconv -f GB18030 -t UTF-8)")


def test_a_file_in_utf_16(project: SmallProject) -> None:
    project.write("data/nlu/a.yml", NLU.encode("utf-16"))
    (problem,) = project.problems()
    assert problem.startswith("data/nlu/a.yml:1: byte 0xFF, byte 1 of the file and 1 of the line, is not UTF-8")
    assert problem.endswith("the file is UTF-16: save it as UTF-8")


@pytest.mark.parametrize("beginning", ["\ufeff", "# a comment\n"])
def test_what_a_file_may_begin_with(project: SmallProject, beginning: str) -> None:
    project.write("data/nlu/a.yml", beginning + NLU)
    assert project.problems() == []


def test_line_ends_of_windows(project: SmallProject) -> None:
    project.write("data/nlu/a.yml", NLU.replace("\n", "\r\n"))
    assert project.problems() == []
    assert [question.line for question in project.check().questions] == [6, 7, 14]


@pytest.mark.parametrize("character", ["\x0b", "\x7f", "\x85", "\u2028", "\u2029", "\ufffe"])
def test_an_invisible_character(project: SmallProject, character: str) -> None:
    project.write("data/nlu/a.yml", NLU.replace("hello", f"hel{character}lo"))
    assert project.problems() == [
        f"data/nlu/a.yml:14: column 12: the invisible character U+{ord(character):04X} can't stand in YAML; delete it"
    ]


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        (
            "  - intent: greet",
            "  - intent: greet: hello",
            "12: column 18: can't be read as YAML (mapping values are not",
        ),
        ("  - intent: greet", "\t- intent: greet", "12: column 1: can't be read as YAML (found a tab character"),
        ("      - hello", " - hello", "14: column 2: can't be read as YAML (did not find expected key, while parsing"),
        ("  - intent: greet", "  - intent: [greet", "13: column 13: can't be read as YAML (did not find expected ','"),
        (
            "      - hello",
            "      - hello\n    examples: x",
            "15: column 5: can't be read as YAML (the key 'examples' is",
        ),
        ("      - hello", "---\nnlu: []", "14: column 1: can't be read as YAML (but found another document, expected"),
    ],
    ids=["colon", "tab", "indent", "bracket", "twice", "documents"],
)
def test_broken_yaml(project: SmallProject, before: str, after: str, place: str) -> None:
    project.write("data/nlu/a.yml", NLU.replace(before, after))
    (problem,) = project.problems()
    assert problem.startswith(f"data/nlu/a.yml:{place}")
    assert problem.endswith("; mend this line, or the one above it")


@pytest.mark.parametrize("name", ["domain/more.yml", "data/rules/all.yml", "data/stories/all.yml"])
def test_every_file_that_is_trained_from_is_read(project: SmallProject, name: str) -> None:
    project.write(name, "intents: [\n")
    (problem,) = project.problems()
    assert problem.startswith(f"{name}:1: column 11: can't be read as YAML")


def test_a_file_that_is_none(project: SmallProject) -> None:
    (project.folder / "data" / "nlu" / "b.yml").symlink_to(project.folder / "gone.yml")
    assert project.problems() == []


def test_what_may_stand_in_an_unreadable_file_is_not_missed(project: SmallProject) -> None:
    project.write("domain/all.yml", b"intents:\n  - \xff\n")
    assert [problem.split(":")[0] for problem in project.problems()] == ["domain/all.yml"]


def test_all_files_are_reported_at_once(project: SmallProject) -> None:
    project.write("data/nlu/a.yml", b"\xff")
    project.write("data/nlu/b.yml", "nlu: [")
    project.write("data/nlu/c.yml", b"nlu:\n# \xe8\n")
    assert [problem.split(": ")[0] for problem in project.problems()] == [
        "data/nlu/a.yml:1",
        "data/nlu/b.yml:1",
        "data/nlu/c.yml:2",
    ]
