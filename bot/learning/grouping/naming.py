"""Suggests a name for a group: its most distinctive words, as an identifier such as `refund_time`."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache

from pypinyin import lazy_pinyin

from bot.learning.grouping.meanings import Meanings
from bot.nlu.text import HAN
from bot.nlu.tokens import content_words, words

MOST_WORDS = 2
MOST_CHARACTERS = 40
NOTHING_SAID = "group"

# A word of a single group is as rare as they come; nothing is gained by taking it for rarer than one in so many texts.
LEAST_SHARE = 0.3
_LETTERS = re.compile(r"[^a-z0-9]+")

Terms = Callable[[str], list[str]]


def english_terms(text: str) -> list[str]:
    """Returns the words of a normalised English text that tell what it is about."""
    return [word for word in dict.fromkeys(words(text)) if len(word) > 1 and content_words(word)]


def chinese_terms(meanings: Meanings) -> Terms:
    """Returns what finds the terms of a Chinese text: meanings in English, and words that have none in pinyin."""

    def terms(text: str) -> list[str]:
        named = meanings.words(text)
        spelt = [in_letters(word) for word in words(text) if not meanings.of(word)]
        return list(dict.fromkeys(term for term in (*named, *spelt) if term))

    return terms


@lru_cache(maxsize=50_000)
def in_letters(word: str) -> str:
    """Returns a word of content in Latin letters: Chinese in pinyin without tones. Nothing for a single character."""
    if not content_words(word) or len(word) < 2:
        return ""
    return "".join(lazy_pinyin(word)) if HAN.search(word) else word


def suggest_names(groups: Sequence[Sequence[str]], terms: Terms, taken: Iterable[str] = ()) -> list[str]:
    """Returns a name for each group of normalised texts, the most typical first. None is given twice, or is taken."""
    found = [[terms(text) for text in texts] for texts in groups]
    spread = Counter(term for texts in found for term in {term for text in texts for term in text})
    used = set(taken)
    names = []
    for texts in found:
        name = free_name(_name(texts, spread, len(groups)), used)
        used.add(name)
        names.append(name)
    return names


def _name(texts: Sequence[Sequence[str]], spread: Counter[str], groups: int) -> str:
    counts = Counter(term for text in texts for term in text)
    enough = {term: count for term, count in counts.items() if count >= LEAST_SHARE * len(texts)} or dict(counts)
    worth = {term: count * math.log(1 + groups / spread[term]) for term, count in enough.items()}
    best = sorted(worth, key=lambda term: (-worth[term], term))[:MOST_WORDS]
    order = next((text for text in texts if set(best) <= set(text)), best)
    letters = [_LETTERS.sub("_", term).strip("_") for term in order if term in best]
    name = "_".join(filter(None, letters))[:MOST_CHARACTERS].strip("_")
    # An identifier begins with a letter.
    return name if name[:1].isalpha() else f"{NOTHING_SAID}_{name}".strip("_")


def free_name(name: str, used: Collection[str]) -> str:
    """Returns a name that is not used yet: itself, or with a number."""
    number = 2
    free = name
    while free in used:
        free = f"{name}_{number}"
        number += 1
    return free
