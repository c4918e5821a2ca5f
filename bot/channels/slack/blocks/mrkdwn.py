"""Text in Slack's own markup, escaped and cut to its limits.

https://docs.slack.dev/messaging/formatting-message-text/
"""

from __future__ import annotations

import unicodedata
from itertools import zip_longest
from typing import Iterator, Optional, Sequence

ELLIPSIS = "…"
COLUMN_GAP = "  "
QUOTED = "> "


def escape(text: str) -> str:
    """Returns a text in which nothing is a mention, a link or an entity."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def split(text: str, limit: int) -> Iterator[str]:
    """Yields an escaped text in pieces within a limit, cut at ends of lines or words where there are any."""
    rest = text.strip("\n")
    while rest:
        end = _fitting(rest, limit)
        if end < len(rest):
            end = rest.rfind("\n", 0, end + 1) + 1 or rest.rfind(" ", 0, end + 1) + 1 or end
        piece = escape(rest[:end].strip("\n"))
        if piece.strip():
            yield piece.rstrip()
        rest = rest[end:].strip("\n")


def clip(text: str, limit: int) -> str:
    """Returns an escaped text within a limit, its end left out where it is longer."""
    if len(escape(text)) <= limit:
        return escape(text)
    return escape(text[: _fitting(text, limit - len(ELLIPSIS))]) + ELLIPSIS


def quote(text: str, limit: int) -> Iterator[str]:
    """Yields an escaped text in pieces within a limit, each line of them marked as a quotation."""
    # A line is marked by two characters; the rest of a long line goes on in one of its own.
    lines = (piece for line in text.split("\n") for piece in split(line, limit - len(QUOTED)))
    batch = ""
    for line in (f"{QUOTED}{line}" for line in lines):
        if batch and len(batch) + 1 + len(line) > limit:
            yield batch
            batch = ""
        batch = f"{batch}\n{line}" if batch else line
    if batch:
        yield batch


def link(text: str, url: Optional[str], limit: int) -> str:
    """Returns an escaped text, linked where there is a web address that fits."""
    label = escape(" ".join(text.split()))
    linked = f"<{escape(url or '').replace('|', '%7C')}|{label}>"
    if url and url.startswith(("https://", "http://")) and len(linked) <= limit:
        return linked
    return clip(text, limit)


def align(rows: Sequence[Sequence[str]]) -> str:
    """Returns rows in columns for a font of one width, in which a Chinese character takes two places."""
    cells = [[" ".join(cell.split()).replace("`", "'") for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip_longest(*cells, fillvalue="")]
    lines = (COLUMN_GAP.join(map(_pad, row, widths)).rstrip() for row in cells)
    return "\n".join(lines)


def _fitting(text: str, limit: int) -> int:
    used = 0
    for index, character in enumerate(text):
        used += len(escape(character))
        if used > limit:
            return index
    return len(text)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
