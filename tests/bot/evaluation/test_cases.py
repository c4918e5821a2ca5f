"""Cases: what counts as a right answer, and reading files of questions and of dialogues."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.errors import WenhaoError
from bot.evaluation.cases import Case, read_cases

KNOWN = {"verification.fee", "menu.service"}
GOOD = '{"text": "a", "language": "en", "facts": []}'


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


def written(folder: Path, *lines: str) -> Path:
    file = folder / "cases.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_questions(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '{"text": "认证？", "language": "zh", "style": "terse", "facts": ["verification.fee"]}',
        "",
        '{"text": "Weather?", "language": "en", "style": "oos", "facts": [], "kind": "far"}',
    )
    cases = read_cases(file, KNOWN)
    assert cases == [
        Case("认证？", "zh", "terse", ("verification.fee",)),
        Case("Weather?", "en", "oos", (), kind="far"),
    ]
    assert [case.place for case in cases] == [f"{tmp_path.name}/cases.jsonl:{line}" for line in (1, 3)]


def test_the_turns_of_a_dialogue_know_what_was_said_before(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '{"id": "d1", "language": "en", "turns": [{"text": "A menu?", "facts": ["menu.service"]}, '
        '{"text": "its price?", "facts": ["verification.fee"]}, {"text": "thanks", "facts": []}]}',
    )
    assert read_cases(file, KNOWN) == [
        Case("A menu?", "en", "", ("menu.service",), dialogue="d1"),
        Case("its price?", "en", "", ("verification.fee",), dialogue="d1", earlier=("A menu?",)),
        Case("thanks", "en", "", (), dialogue="d1", earlier=("A menu?", "its price?")),
    ]


def test_a_line_ends_at_a_line_feed_alone(tmp_path: Path) -> None:
    file = written(tmp_path, '\ufeff{"text": "a\u2028b", "language": "en", "facts": []}\r')
    assert [case.text for case in read_cases(file)] == ["a\u2028b"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("no json", "is no JSON .*: write one object on the line"),
        ('{"text": "a"', "is no JSON"),
        ("[1]", "must be a JSON object"),
        ("{}", '"text" is missing: add it'),
        ('{"text": "a", "facts": []}', '"language" is missing: add it'),
        ('{"text": "a", "language": "en"}', '"facts" is missing: add it'),
        ('{"text": 3, "language": "en", "facts": []}', '"text" must be a text: write'),
        ('{"text": " ", "language": "en", "facts": []}', '"text" must be a text: write'),
        ('{"text": "a", "language": "fr", "facts": []}', '"language" is "fr": write one of en, zh'),
        ('{"text": "a", "language": "en", "facts": 3}', '"facts" must be a list of texts: write'),
        ('{"text": "a", "language": "en", "facts": [3]}', '"facts" must be a list of texts: write'),
        ('{"text": "a", "language": "en", "style": 1, "facts": []}', '"style" must be a text'),
        (
            '{"text": "a", "language": "en", "facts": ["verification.fees"]}',
            'there is no fact "verification.fees" in the guides: did you mean "verification.fee"',
        ),
        (
            '{"text": "a", "language": "en", "facts": ["xyz"]}',
            "there is no fact .*: 'wenhao rules list' shows all",
        ),
        ('{"language": "en", "turns": [{"text": "a", "facts": []}]}', '"id" is missing: add it'),
        ('{"id": "d", "language": "en", "turns": []}', '"turns" must be a list of objects, at least one'),
        ('{"id": "d", "language": "en", "turns": ["a"]}', '"turns" must be a list of objects'),
        (
            '{"id": "d", "language": "en", "turns": [{"text": "a", "facts": []}, {"text": "b"}]}',
            'turn 2: "facts" is missing: add it',
        ),
    ],
)
def test_a_line_that_is_no_case_is_named_with_what_to_do(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(WenhaoError, match=rf"cases\.jsonl:2: {told}"):
        read_cases(written(tmp_path, GOOD, line), KNOWN)


def test_a_dialogue_that_is_there_twice(tmp_path: Path) -> None:
    dialogue = '{"id": "d1", "language": "en", "turns": [{"text": "a", "facts": []}]}'
    with pytest.raises(WenhaoError, match=r'cases\.jsonl:3: the dialogue "d1" is also in line 1: give each'):
        read_cases(written(tmp_path, dialogue, GOOD, dialogue))


@pytest.mark.parametrize("lines", [(), ("", "  ")])
def test_an_empty_file(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(WenhaoError, match=r"cases\.jsonl is empty: write one case a line, such as"):
        read_cases(written(tmp_path, *lines))


def test_a_file_that_can_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(WenhaoError, match=r"nowhere\.jsonl can't be read \(No such file"):
        read_cases(tmp_path / "nowhere.jsonl")
    with pytest.raises(WenhaoError, match="can't be read"):
        read_cases(tmp_path)
    (tmp_path / "gbk.jsonl").write_bytes("认证".encode("gbk"))
    with pytest.raises(WenhaoError, match=r"gbk\.jsonl is not UTF-8 \(byte 0\): save it as UTF-8"):
        read_cases(tmp_path / "gbk.jsonl")


DESCRIBED = {"case": "c", "language": "en", "turns": ["We sell.", "And?"], "facts": [], "says": ["18,000", "a|b"]}


def test_a_described_case_is_judged_by_its_last_turn(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps({**DESCRIBED, "recommendation": "service", "as_of": "2026", "never": ["19"]}))
    (case,) = read_cases(file)
    assert case.expects
    assert (case.text, case.expects.before, case.expects.as_of) == ("And?", ("We sell.",), "2026")
    judged = {
        ("It is 18000 a year: b", "service"): True,
        ("It is 18,000 A year", "service"): True,
        ("It is 18,000: c", "service"): False,
        ("It is 18,000 a 19", "service"): False,
        ("It is 18,000 a", None): False,
    }
    assert {said: case.expects.judge(*said) for said in judged} == judged


def test_a_recommendation_that_is_not_named_is_not_judged(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(DESCRIBED))
    (case,) = read_cases(file)
    assert case.expects
    assert case.expects.judge("18,000 a", "subscription")
