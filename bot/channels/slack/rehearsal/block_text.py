"""Blocks as lines of text, near to how Slack draws them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from rich.cells import cell_len

Json = Mapping[str, Any]

MARKUP = re.compile(r"<(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
SMALL = "  · "
RULE = "─" * 40
FIELD = "[__________]"


def blocks_to_text(blocks: Sequence[Json]) -> list[str]:
    """Returns the lines of some blocks. What it does not know it names by its type."""
    return [line for block in blocks for line in DRAWN.get(block["type"], _unknown)(block)]


def view_to_text(view: Json) -> list[str]:
    """Returns the lines of a modal or a home tab."""
    title = view.get("title", {}).get("text", "Home")
    buttons = [view[name]["text"] for name in ("submit", "close") if view.get(name)]
    return [f"== {title} ==", *blocks_to_text(view["blocks"]), *([_row(buttons)] if buttons else [])]


def readable(text: str) -> str:
    """Returns a text of Slack's markup as it reads: links with their address, entities as what they mean."""
    return html.unescape(MARKUP.sub(_spoken, text))


def labels(block: Json) -> list[str]:
    """Returns what stands on the elements of a block that can be pressed, in order."""
    if block["type"] == "section":
        return _labels_of(block["accessory"]) if block.get("accessory") else []
    if block["type"] not in ("actions", "context_actions"):
        return []
    return [label for element in block["elements"] for label in _labels_of(element)]


def _spoken(markup: re.Match[str]) -> str:
    target, label = markup["target"], markup["label"]
    if target.startswith(("@", "#", "!")):
        return f"@{label or target.lstrip('@#!')}"
    return f"{label} ({target})" if label else target


def _words(text: Json) -> str:
    return readable(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])


def _row(names: Sequence[str]) -> str:
    return " ".join(f"[ {name} ]" for name in names)


def _labels_of(element: Json) -> list[str]:
    if element["type"] == "feedback_buttons":
        return [element[name]["text"]["text"] for name in ("positive_button", "negative_button")]
    if element["type"] == "image":
        return []
    chosen = (element.get("initial_option") or {}).get("text")
    text = element.get("text") or chosen or element.get("placeholder") or {"text": element["type"]}
    return [text["text"] + (" ▾" if "select" in element["type"] else "")]


def _section(block: Json) -> Iterator[str]:
    if block.get("text"):
        yield from _words(block["text"]).split("\n")
    for field in block.get("fields") or []:
        yield "  " + _words(field).replace("\n", " ")
    if labels(block):
        yield _row(labels(block))


def _context(block: Json) -> Iterator[str]:
    words = [_words(each) if "text" in each else f"({each['alt_text']})" for each in block["elements"]]
    yield from (SMALL + line for line in " ".join(words).split("\n"))


def _buttons(block: Json) -> Iterator[str]:
    yield _row(labels(block))


def _table(block: Json) -> Iterator[str]:
    rows = [[_cell(cell) for cell in row] for row in block["rows"]]
    widths = [max(map(cell_len, column)) for column in zip_longest(*rows, fillvalue="")]
    for number, row in enumerate(rows):
        yield "  " + " | ".join(map(_padded, row, widths)).rstrip()
        if number == 0:
            yield "  " + "-+-".join("-" * width for width in widths)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _cell(cell: Json) -> str:
    return str(cell["text"]) if cell["type"] == "raw_text" else _flat(cell)


def _flat(rich: Any) -> str:
    """Returns the text in a rich_text and whatever is in it."""
    if isinstance(rich, list):
        return "".join(map(_flat, rich))
    if rich.get("type") == "link":
        return f"{rich.get('text') or rich['url']} ({rich['url']})" if rich.get("text") else str(rich["url"])
    if "elements" in rich:
        return _flat(rich["elements"])
    return str(rich.get("text", ""))


def _input(block: Json) -> Iterator[str]:
    element = block["element"]
    chosen = element.get("initial_options") or [element.get("initial_option")]
    options = element.get("options") or []
    named = [f"({'•' if option in chosen else ' '}) {option['text']['text']}" for option in options]
    yield f"{block['label']['text']}: {'  '.join(named) or FIELD}"


def _unknown(block: Json) -> Iterator[str]:
    yield f"({block['type']})"


DRAWN: dict[str, Callable[[Json], Iterator[str]]] = {
    "section": _section,
    "header": lambda block: iter([f"# {_words(block['text'])}"]),
    "context": _context,
    "actions": _buttons,
    "context_actions": _buttons,
    "divider": lambda block: iter([RULE]),
    "table": _table,
    "rich_text": lambda block: iter(_flat(block).split("\n")),
    "markdown": lambda block: iter(block["text"].split("\n")),
    "input": _input,
    "image": lambda block: iter([f"({block['alt_text']})"]),
}
