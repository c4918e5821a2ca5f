"""How much WeChat takes of a custom menu, and how much of it a phone shows.

https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from actions.rule_table.model import Wording

MOST_ENTRIES = {1: 3, 2: 5}
MOST_BYTES = {1: 16, 2: 60}
MOST_COLUMNS = {1: 8, 2: 16}
"""By level: first, and below it. A column is a letter; a Chinese character takes two."""

MOST_KEY_BYTES = 128


def faults_of_number(number: int, level: int) -> Iterator[str]:
    """Yields what is wrong with so many entries."""
    if not 1 <= number <= MOST_ENTRIES[level]:
        yield f"has {number} entries; WeChat takes 1 to {MOST_ENTRIES[level]} here"


def faults_of_name(name: Wording, level: int) -> Iterator[str]:
    """Yields what is wrong with a name, in either language."""
    for language, text in (("en", name.en), ("zh", name.zh)):
        if len(text.encode()) > MOST_BYTES[level]:
            yield f"'{text}' ({language}) has {len(text.encode())} bytes; WeChat takes {MOST_BYTES[level]}"
        elif _columns(text) > MOST_COLUMNS[level]:
            most = f"{MOST_COLUMNS[level] // 2} Chinese characters or {MOST_COLUMNS[level]} letters"
            yield f"'{text}' ({language}) is too long for a phone, which shows {most}"


def faults_of_key(key: str) -> Iterator[str]:
    """Yields what is wrong with a key."""
    if len(key.encode()) > MOST_KEY_BYTES:
        yield f"the key has {len(key.encode())} bytes; WeChat takes {MOST_KEY_BYTES}"


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
