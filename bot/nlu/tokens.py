"""Words, their stems, and syllables of a normalised text in Chinese, English or both."""

from __future__ import annotations

import logging
import re
import sys
from functools import cache, lru_cache
from typing import Iterator, Sequence

import jieba
import snowballstemmer
from pypinyin import lazy_pinyin

jieba.setLogLevel(logging.WARNING)

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[\u3400-\u4dbf\u4e00-\u9fff]+|[^\s\w]")


# English words that tell a sentence's form, not what it is about. Question words are no such words: they tell what of
# it is asked.
_FORM_WORDS = (
    "the a an of to in on for at is are was be been it its we our us you your i my me they their them he his she her "
    "this that these those and or but so with by from as do does did have has had will would can could may might "
    "should if then than there here just also not no yes"
)
_FORM = frozenset(_FORM_WORDS.split())

# How far apart two words of one thought may stand.
REACH = 3

_stemmer = snowballstemmer.stemmer("english")


def words(text: str) -> tuple[str, ...]:
    """Returns the words, numbers and punctuation marks of a text; Chinese is segmented by jieba."""
    found: list[str] = []
    for token in _TOKEN.findall(text):
        found.extend(jieba.lcut(token) if _is_han(token) else [token])
    # One object a word: training keeps the words of all questions.
    return tuple(map(sys.intern, found))


def stems(found: Sequence[str]) -> list[str]:
    """Returns the words of a text, English ones by their stems: "verifies", "verified" and "verify" are one."""
    return list(map(_stem, found))


def content_words(found: Sequence[str]) -> list[str]:
    """Returns the stems of those words of a text that tell what it is about."""
    return [_stem(word) for word in found if word.isalpha() and word not in _FORM]


def pairs(found: Sequence[str]) -> list[str]:
    """Returns the pairs of content words that stand near each other, whatever of a text's words stands between them."""
    telling = content_words(found)
    return [f"{word} {other}" for place, word in enumerate(telling) for other in telling[place + 1 : place + 1 + REACH]]


def syllables(text: str) -> list[str]:
    """Returns Chinese as toneless syllables (so that homophones are equal) and other words as they are."""
    return list(_syllables(text))


def _syllables(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text):
        if _is_han(token):
            yield from map(_syllable, token)
        elif token.isalpha():
            yield token


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


@cache
def _syllable(character: str) -> str:
    # Each character by itself: its reading in a phrase is rarely another, and ten times slower to find.
    return "~" + "".join(lazy_pinyin(character))


def _is_han(token: str) -> bool:
    return "\u3400" <= token[0] <= "\u9fff"
