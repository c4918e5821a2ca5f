"""The custom menu: the project's own is sound, and every fault of another one is told with its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from actions.rule_table.table import RuleTable
from bot.channels.wechat.menu import MENU, PERSON, MenuError, question_of, read_menu


def names_and_keys(button: dict[str, Any], level: int = 1) -> Iterator[tuple[int, str, str]]:
    yield level, button["name"], button.get("key", "")
    for below in button.get("sub_button", ()):
        yield from names_and_keys(below, level + 1)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_menu_is_as_wechat_takes_it(table: RuleTable, language: Any) -> None:
    # https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html
    request = read_menu(table).request(language)
    assert list(request) == ["button"]
    assert 1 <= len(request["button"]) <= 3
    for button in request["button"]:
        assert set(button) == {"name", "sub_button"}
        assert 1 <= len(button["sub_button"]) <= 5
        assert all(set(below) == {"type", "name", "key"} for below in button["sub_button"])
        for level, name, key in names_and_keys(button):
            assert 0 < len(name.encode()) <= (16 if level == 1 else 60)
            assert len(key.encode()) <= 128


def test_each_key_asks_something(table: RuleTable) -> None:
    keys = [key for button in read_menu(table).request("zh")["button"] for _, _, key in names_and_keys(button) if key]
    assert len(keys) == len(set(keys))
    assert PERSON in keys
    for key in keys:
        assert question_of(key, table, "zh") and question_of(key, table, "en")


def test_a_key_becomes_the_topics_question(table: RuleTable) -> None:
    assert question_of("ask:verification_fee", table, "zh") == "认证要多少钱？"
    assert question_of("ask:verification_fee", table, "en") == "How much does verification cost?"
    assert question_of("person", table, "en") == PERSON


@pytest.mark.parametrize("key", ["", "ask:", "ask:nothing", "verification_fee", "Person", "ASK:menu", "ask:menu "])
def test_a_key_of_no_entry(table: RuleTable, key: str) -> None:
    assert question_of(key, table, "zh") is None


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "menu.yml"
    file.write_text(MENU.read_text(encoding="utf-8"), encoding="utf-8")
    return file


def faults(table: RuleTable, file: Path, old: str, new: str) -> str:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(MenuError) as raised:
        read_menu(table, file)
    return str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"ask:pay_rate"', '"ask:pay_rates"', "'ask:pay_rates' is neither 'person' nor 'ask:' and a topic"),
        ('"ask:pay_rate"', '""', "'' is neither"),
        ("en: Fees", "en: Fees and prices", "'Fees and prices' (en) is too long for a phone"),
        ("zh: 费用", "zh: 费用和价格", "'费用和价格' (zh) is too long for a phone"),
        ("zh: 费用", "zh: 费用（元）", "'费用（元）' (zh) is too long for a phone"),
        ("zh: 费用", "zh: 各种费用和价格", "'各种费用和价格' (zh) has 21 bytes; WeChat takes 16"),
        ("en: Settlement", f"en: {'S' * 61}", "has 61 bytes; WeChat takes 60"),
        ("en: Settlement", "en: ''", "write the wording in this language too"),
        ("{zh: 结算周期, en: Settlement}", "{zh: 结算周期}", "field required"),
        ("key: person", "key: person, url: x", "extra fields not permitted"),
    ],
)
def test_a_fault_is_told_with_its_line(table: RuleTable, file: Path, old: str, new: str, says: str) -> None:
    line = next(number for number, line in enumerate(file.read_text().splitlines(), 1) if old in line)
    told = faults(table, file, old, new)
    assert says in told
    assert told.startswith(f"{file}:{line}: menu.")


def test_too_many_entries(table: RuleTable, file: Path) -> None:
    entry = "\n      - {name: {zh: 菜单, en: Menu}, key: person}"
    told = faults(table, file, "key: person}", f"key: person}}{entry * 2}")
    assert "menu.2.entries: has 6 entries; WeChat takes 1 to 5 here" in told


def test_too_many_first_entries(table: RuleTable, file: Path) -> None:
    told = faults(table, file, "menu:\n", "menu:\n  - {name: {zh: 菜单, en: Menu}, key: person}\n")
    assert "menu: has 4 entries; WeChat takes 1 to 3 here" in told


def test_a_long_key(table: RuleTable, file: Path) -> None:
    topic = next(iter(table.topics.values()))
    longer = {**table.topics, "x" * 130: topic}
    grown = replace(table, topics=longer)
    assert "134 bytes; WeChat takes 128" in faults(grown, file, '"ask:pay_rate"', json.dumps("ask:" + "x" * 130))


def test_either_a_key_or_entries(table: RuleTable, file: Path) -> None:
    assert "either a key or entries" in faults(table, file, "en: Fees}\n", "en: Fees}\n    key: person\n")


@pytest.mark.parametrize("text", ["", "menu", "menu: {}", "menu: [1]", "menu: []", "menu: [", "{}", "menu: [\x00]"])
def test_what_is_no_menu(table: RuleTable, file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MenuError, match=str(file)):
        read_menu(table, file)


def test_a_menu_that_is_not_there_or_no_text(table: RuleTable, file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(MenuError, match="can't be read"):
        read_menu(table, file)
    with pytest.raises(MenuError, match="can't be read"):
        read_menu(table, file.parent / "none.yml")
