"""Words and syllables of a normalised text in Chinese, English or both."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Iterator

import jieba
from pypinyin import lazy_pinyin

jieba.setLogLevel(logging.WARNING)

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[\u3400-\u4dbf\u4e00-\u9fff]+|[^\s\w]")


def words(text: str) -> list[str]:
    """Returns the words, numbers and punctuation marks of a text; Chinese is segmented by jieba."""
    found: list[str] = []
    for token in _TOKEN.findall(text):
        found.extend(jieba.lcut(token) if _is_han(token) else [token])
    return found


def syllables(text: str) -> list[str]:
    """Returns Chinese as toneless syllables (so that homophones are equal) and other words as they are."""
    return list(_syllables(text))


def _syllables(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text):
        if _is_han(token):
            yield from map(_syllable, token)
        elif token.isalpha():
            yield token


@cache
def _syllable(character: str) -> str:
    # Each character by itself: its reading in a phrase is rarely another, and ten times slower to find.
    return "~" + "".join(lazy_pinyin(character))


def _is_han(token: str) -> bool:
    return "\u3400" <= token[0] <= "\u9fff"
