"""Cases: what counts as a right answer, and reading a file of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import WenhaoError
from bot.evaluation.cases import Case, read_cases


def case(*facts: str) -> Case:
    return Case("?", "en", "plain", facts)


@pytest.mark.parametrize(
    ("expected", "drawn_on", "right"),
    [
        (("a",), ["a"], True),
        (("a",), ["b", "a", "c", "d"], True),
        (("a",), ["a", "b", "c", "d", "e"], False),
        (("a",), [], False),
        (("a",), ["b"], False),
        (("a", "b"), ["a"], False),
        (("a", "b"), ["b", "a"], True),
        ((), [], True),
        ((), ["a"], False),
    ],
)
def test_all_expected_facts_and_at_most_three_more(expected: tuple[str, ...], drawn_on: list[str], right: bool) -> None:
    assert case(*expected).judge(drawn_on) is right


def test_reading(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(
        '{"text": "认证？", "language": "zh", "style": "terse", "facts": ["verification.fee"]}\n\n'
        '{"text": "Weather?", "language": "en", "facts": []}\n',
        encoding="utf-8",
    )
    assert read_cases(file) == [Case("认证？", "zh", "terse", ("verification.fee",)), Case("Weather?", "en", "", ())]


@pytest.mark.parametrize(
    "line", ["no json", "{}", '{"text": "a", "language": "en"}', "[1]", '{"text": "a", "language": "en", "facts": 3}']
)
def test_a_line_that_is_no_case_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(f'{{"text": "a", "language": "en", "facts": []}}\n{line}\n', encoding="utf-8")
    with pytest.raises(WenhaoError, match=r"cases\.jsonl:2: expected text, language, style and facts"):
        read_cases(file)
