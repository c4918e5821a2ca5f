"""A reply as texts that WeChat delivers whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.channels.wechat.words import say

MAX_BYTES = 2048
"""The longest text WeChat delivers, in UTF-8 (error 45002 beyond)."""

_SENTENCE_END = re.compile(r"[。！？!?；]+[”’」』）)\"']*|\.(?=\s)|\n")


def to_pages(text: str, ending: str = "", more: str = "") -> list[str]:
    """Returns a text in pages, cut between sentences. The last page ends with `ending`, each other one with `more`."""
    text, ending = text.strip(), cut(ending, MAX_BYTES // 2)
    pages = []
    while size(text + ending) > MAX_BYTES:
        page = cut(text, MAX_BYTES - size(more))
        pages.append(page.rstrip() + more)
        text = text[len(page) :].lstrip()
    return [*pages, text + ending] if text + ending else pages


def cut(text: str, limit: int) -> str:
    """Returns as many whole sentences of a text as fit into `limit` bytes of UTF-8."""
    if size(text) <= limit:
        return text
    start = text.encode()[:limit].decode(errors="ignore")
    ends = [match.end() for match in _SENTENCE_END.finditer(start)]
    return start[: ends[-1]].rstrip() if ends and start[: ends[-1]].strip() else start


def to_choices(suggestions: Sequence[str], language: str) -> str:
    """Returns suggestions as numbered lines, a number of which is enough as a reply."""
    return "\n".join([say("suggestions", language), *_numbered(suggestions)]) if suggestions else ""


def _numbered(suggestions: Sequence[str]) -> Iterator[str]:
    for number, suggestion in enumerate(suggestions, 1):
        yield f"{number}. {suggestion}"


def size(text: str) -> int:
    """Returns how long WeChat finds a text: in bytes of UTF-8."""
    return len(text.encode())
