"""The line of every part of a YAML file."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from actions.rule_table.yaml_lines import Document, read_document
from tests.table_copy import RULE_TABLE

TEXT = """# a comment
rows:
  - id: a
    values: {x: 1,
      y: 2}

  - id: b
    answer:
      en: >-
        folded
        text
      zh: 甲
"""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    file = tmp_path / "a.yml"
    file.write_text(TEXT, encoding="utf-8")
    return read_document(file)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("rows",), 2),
        (("rows", 0), 3),
        (("rows", 0, "values"), 4),
        (("rows", 0, "values", "y"), 5),
        (("rows", 1), 7),
        (("rows", 1, "answer", "en"), 9),
        (("rows", 1, "answer", "zh"), 12),
    ],
)
def test_line_of_a_place(document: Document, place: tuple[str, ...], line: int) -> None:
    assert document.line_of(place) == line


@pytest.mark.parametrize(
    ("place", "line"), [(("rows", 1, "answer", "fr", 3), 8), (("rows", 0, "reason"), 3), (("topics", "x"), 2), ((), 2)]
)
def test_a_place_that_is_not_there_has_the_line_around_it(
    document: Document, place: tuple[str, ...], line: int
) -> None:
    assert document.line_of(place) == line


def test_data_are_what_yaml_reads() -> None:
    for file in sorted(RULE_TABLE.glob("*.yml")):
        assert read_document(file).data == yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text("abcä甲 :#-'\"\n", max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc甲", max_size=4), inner, max_size=3),
        max_leaves=12,
    )
)
def test_whatever_yaml_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, data: object) -> None:
    file = tmp_path_factory.mktemp("yaml") / "a.yml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    document = read_document(file)
    assert document.data == data
    lines = file.read_text(encoding="utf-8").count("\n")
    assert all(1 <= line <= lines for line in document.lines.values())


def test_empty_file(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.touch()
    document = read_document(file)
    assert (document.data, document.line_of(("rows",))) == (None, 1)


def test_a_key_that_is_there_twice(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("a: 1\nb: 2\na: 3\n", encoding="utf-8")
    with pytest.raises(yaml.MarkedYAMLError, match="key 'a' is there twice") as raised:
        read_document(file)
    assert raised.value.problem_mark
    assert raised.value.problem_mark.line == 2
