"""What checks and refusals say, in the reviewer's language."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

_PLACE = re.compile(r"\\(\d)")


def fault_in(language: str, message: str) -> str:
    """Returns what a message says in a language: in English where there is no Chinese for it.

    One of several lines is said line by line, where there are no words for the whole of it.
    """
    if language != "zh":
        return message
    for pattern, wording in _chinese():
        found = pattern.fullmatch(message)
        if found:
            return _filled(wording, found)
    if "\n" not in message:
        return message
    return "\n".join(_indent(line) + fault_in(language, line.strip()) for line in message.split("\n"))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _filled(wording: str, found: re.Match[str]) -> str:
    named = set(found.re.groupindex.values())

    def part(place: re.Match[str]) -> str:
        number = int(place[1])
        text = found[number] or ""
        return fault_in("zh", text) if number in named else text

    return _PLACE.sub(part, wording)


@lru_cache(maxsize=1)
def _chinese() -> list[tuple[re.Pattern[str], str]]:
    text = files("bot").joinpath("review").joinpath("faults.yml").read_text(encoding="utf-8")
    return [(re.compile(pattern, re.DOTALL), wording) for pattern, wording in yaml.safe_load(text)]
