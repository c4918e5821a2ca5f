"""What is wrong with blocks, in the words of Slack's own validator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Optional

Json = Mapping[str, Any]


class Problem(NamedTuple):
    """A fault, and where it stands as a JSON pointer."""

    pointer: str
    says: str

    def __str__(self) -> str:
        return f"[ERROR] {self.says} [json-pointer:{self.pointer}]"


Problems = Iterator[Problem]


def check_string(value: Any, pointer: str, most: int, least: int = 1) -> Problems:
    """Yields what is wrong with a string of at most so many characters."""
    if not isinstance(value, str):
        yield Problem(pointer, "must be a string")
    elif len(value) > most:
        yield Problem(pointer, f"must be less than {most + 1} characters")
    elif len(value) < least:
        yield Problem(pointer, f"must be more than {least - 1} characters")


def check_list(value: Any, pointer: str, most: int, least: int = 1, of: type = dict) -> Problems:
    """Yields what is wrong with a list of objects, or of lists, of at most so many items."""
    if not isinstance(value, list) or not all(isinstance(item, of) for item in value):
        yield Problem(pointer, "must be an array of objects" if of is dict else "must be an array of arrays")
    elif len(value) > most:
        yield Problem(pointer, f"no more than {most} items allowed")
    elif len(value) < least:
        yield Problem(pointer, f"no less than {least} items allowed")


def check_text(value: Any, pointer: str, most: int, plain: bool = False) -> Problems:
    """Yields what is wrong with a text object.

    https://docs.slack.dev/reference/block-kit/composition-objects/text-object/
    """
    kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")
    if not isinstance(value, dict):
        yield Problem(pointer, "must be a text object")
    elif value.get("type") not in kinds:
        yield Problem(f"{pointer}/type", f"must be one of {', '.join(kinds)}")
    else:
        extra = set(value) - {"type", "text", "emoji" if value["type"] == "plain_text" else "verbatim"}
        yield from (Problem(pointer, f"no additional properties allowed: {name}") for name in sorted(extra))
        yield from check_string(value.get("text"), f"{pointer}/text", most)


def check_optional(given: Json, pointer: str, most: Mapping[str, int]) -> Problems:
    """Yields what is wrong with strings of an object that need not be there; `most` are their limits."""
    for name, limit in most.items():
        if given.get(name) is not None:
            yield from check_string(given[name], f"{pointer}/{name}", limit)


def check_optional_texts(given: Json, pointer: str, most: Mapping[str, int], plain: bool = True) -> Problems:
    """Yields what is wrong with text objects of an object that need not be there; `most` are their limits."""
    for name, limit in most.items():
        if given.get(name) is not None:
            yield from check_text(given[name], f"{pointer}/{name}", limit, plain)


def check_unique(ids: list[Optional[str]], pointer: str, name: str) -> Problems:
    """Yields a fault for every id that stands twice."""
    known = [each for each in ids if each]
    for each in sorted({each for each in known if known.count(each) > 1}):
        yield Problem(pointer, f"{name} `{each}` already exists")
