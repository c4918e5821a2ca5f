"""Finds the words of a glossary in a text: the longest first, in either language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Mapping, Sequence

from bot.nlu.text import normalise

# A glossary entry with this value is found and dropped: "get verified" says nothing of being verified.
UNSAID = "unsaid"

# Phrases are kept by their first characters, so that few are compared at each place of a text.
START = 3


@dataclass(frozen=True)
class Term:
    """A found word: which entity and value it stands for, and where (in characters of the searched text)."""

    entity: str
    value: str
    start: int
    end: int


class Glossary:
    """Words by entity and value. Of overlapping words for one entity the longest counts."""

    def __init__(self, entries: Mapping[tuple[str, str], Sequence[str]]) -> None:
        by_start: dict[str, list[tuple[str, str, str]]] = {}
        for (entity, value), phrases in entries.items():
            for phrase in map(normalise, phrases):
                by_start.setdefault(phrase[:START], []).append((phrase, entity, value))
        self._by_start = {start: sorted(found, key=lambda e: -len(e[0])) for start, found in by_start.items()}

    def find(self, text: str) -> list[Term]:
        """Returns the terms in a normalised text, in the order of their places."""
        return [term for term in self._found(text) if term.value != UNSAID]

    def _starting_at(self, text: str, start: int) -> Iterator[tuple[str, str, str]]:
        # From the longest beginning to the shortest, so that long phrases come first.
        for length in range(START, 0, -1):
            if start + length <= len(text):
                yield from self._by_start.get(text[start : start + length], ())

    def _found(self, text: str) -> Iterator[Term]:
        free_from: dict[str, int] = {}
        for start in range(len(text)):
            for phrase, entity, value in self._starting_at(text, start):
                if start >= free_from.get(entity, 0) and text.startswith(phrase, start):
                    end = _end(text, start, phrase)
                    if end:
                        free_from[entity] = end
                        yield Term(entity, value, start, end)


def _end(text: str, start: int, phrase: str) -> int:
    """Returns where a phrase ends, with its plural s; 0 where it is but a part of a longer Latin word or number."""
    end = start + len(phrase)
    if phrase[0].isascii() and _is_latin(text[start - 1 : start]):
        return 0
    if phrase[-1].isascii():
        end += text.startswith("s", end)
        return 0 if _is_latin(text[end : end + 1]) else end
    return end


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
