"""The custom menu: from menu.yml to WeChat's JSON, and from a tapped entry back to a question.

https://developers.weixin.qq.com/doc/service/guide/product/menu/intro.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional, Union

import yaml
from pydantic import ValidationError

from actions.rule_table.errors import Fault
from actions.rule_table.model import Language, Part, Wording
from actions.rule_table.table import RuleTable
from actions.rule_table.yaml_lines import Document, Place, read_document
from bot.channels.wechat.menu_limits import faults_of_key, faults_of_name, faults_of_number
from bot.errors import WenhaoError

MENU = Path(__file__).with_name("menu.yml")
ASK = "ask:"
PERSON = "person"
"""The key of the entry that asks for a person."""


class MenuError(WenhaoError):
    """The menu can't be used as it is written. The message has a line for each fault, with file and line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, sorted(faults))))


class Entry(Part):
    """An entry of the menu: it has a key, or entries below it."""

    name: Wording
    key: str = ""
    entries: tuple[Entry, ...] = ()

    def request(self, language: Language) -> dict[str, Any]:
        """Returns the entry as WeChat's JSON."""
        name = self.name.in_language(language)
        if self.entries:
            return {"name": name, "sub_button": [entry.request(language) for entry in self.entries]}
        return {"type": "click", "name": name, "key": self.key}


class _File(Part):
    menu: tuple[Entry, ...]


@dataclass(frozen=True)
class Menu:
    """A menu that was read and checked."""

    entries: tuple[Entry, ...]

    def request(self, language: Language) -> dict[str, Any]:
        """Returns what WeChat is asked to set.

        https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html
        """
        return {"button": [entry.request(language) for entry in self.entries]}


def question_of(key: str, table: RuleTable, language: Language) -> Optional[str]:
    """Returns what tapping an entry asks: a topic's question, or PERSON itself. None where no entry has this key."""
    if key == PERSON:
        return PERSON
    topic = table.topics.get(key.removeprefix(ASK)) if key.startswith(ASK) else None
    return topic.question.in_language(language) if topic else None


def read_menu(table: RuleTable, file: Path = MENU) -> Menu:
    """Reads a menu and checks it. Raises MenuError with every fault."""
    try:
        document = read_document(file)
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise MenuError([Fault(file, line, f"can't be read: {' '.join(str(error).split())}")]) from error
    try:
        menu = _File.parse_obj(document.data).menu
    except ValidationError as error:
        raise MenuError([_to_fault(document, problem["loc"], problem["msg"]) for problem in error.errors()]) from error
    faults = [_to_fault(document, place, message) for place, message in _faults(menu, table, ("menu",))]
    if faults:
        raise MenuError(faults)
    return Menu(menu)


def _to_fault(document: Document, place: Sequence[Union[str, int]], message: str) -> Fault:
    where = tuple(part for part in place if part != "__root__")
    return Fault(document.file, document.line_of(where), f"{'.'.join(map(str, where))}: {message}")


def _faults(entries: Sequence[Entry], table: RuleTable, place: Place) -> Iterator[tuple[Place, str]]:
    level = 1 if place == ("menu",) else 2
    yield from ((place, message) for message in faults_of_number(len(entries), level))
    for index, entry in enumerate(entries):
        here = (*place, index)
        yield from (((*here, "name"), message) for message in faults_of_name(entry.name, level))
        if entry.entries and level == 1 and not entry.key:
            yield from _faults(entry.entries, table, (*here, "entries"))
        elif entry.entries:
            yield here, "an entry has either a key or entries below it, and those have a key"
        elif question_of(entry.key, table, "en") is None:
            yield (*here, "key"), f"'{entry.key}' is neither '{PERSON}' nor '{ASK}' and a topic ('wenhao rules list')"
        else:
            yield from (((*here, "key"), message) for message in faults_of_key(entry.key))
