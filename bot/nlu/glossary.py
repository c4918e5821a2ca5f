"""Finds the words of a glossary in a text: the longest first, in either language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterable, Iterator, Mapping, Sequence

from bot.nlu.text import normalise

# A glossary entry with this value is found and dropped: "get verified" says nothing of being verified.
UNSAID = "unsaid"

# By their first characters it is known how long the phrases are that may stand at a place of a text.
START = 3

# Where a phrase may begin: nowhere inside a Latin word or number.
_PLACE = re.compile(r"(?<![A-Za-z0-9])[\x00-\x7f]|[^\x00-\x7f]")


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
        self._meanings: dict[str, list[tuple[str, str]]] = {}
        for meaning, phrases in entries.items():
            for phrase in map(normalise, phrases):
                self._meanings.setdefault(phrase, []).append(meaning)
        self._lengths = _lengths(self._meanings)

    def find(self, text: str) -> list[Term]:
        """Returns the terms in a normalised text, in the order of their places."""
        return [term for term in self._found(text) if term.value != UNSAID]

    def _found(self, text: str) -> Iterator[Term]:
        free_from: dict[str, int] = {}
        for place in _PLACE.finditer(text):
            start = place.start()
            for length in self._lengths_at(text, start):
                phrase = text[start : start + length]
                for entity, value in self._meanings.get(phrase, ()):
                    end = _end(text, start + length, phrase) if start >= free_from.get(entity, 0) else 0
                    if end:
                        free_from[entity] = end
                        yield Term(entity, value, start, end)

    def _lengths_at(self, text: str, start: int) -> Sequence[int]:
        """Returns how long the phrases are that may begin at a place, the longest first."""
        room = len(text) - start
        for known in range(min(START, room), 0, -1):
            lengths = self._lengths.get(text[start : start + known])
            if lengths:
                return lengths if lengths[0] <= room else [length for length in lengths if length <= room]
        return ()


def _lengths(phrases: Iterable[str]) -> dict[str, list[int]]:
    """Returns the lengths of the phrases that begin in each way, the longest first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        found.setdefault(phrase[:START], set()).add(len(phrase))
    # A phrase shorter than a beginning may stand where that beginning stands too.
    shorter = {
        start: {known for known in range(1, len(start)) if known in found.get(start[:known], ())} for start in found
    }
    return {start: sorted(lengths | shorter[start], reverse=True) for start, lengths in found.items()}


def _end(text: str, end: int, phrase: str) -> int:
    """Returns where a phrase ends, with its plural s; 0 where it is but a part of a longer Latin word or number."""
    if phrase[-1].isascii():
        end += text.startswith("s", end)
        return 0 if _is_latin(text[end : end + 1]) else end
    return end


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
