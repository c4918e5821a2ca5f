"""The small pieces that blocks are made of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Optional

from bot.channels.slack.blocks.limits import (
    MOST_BUTTON_CHARACTERS,
    MOST_BUTTONS,
    MOST_CONTEXT_CHARACTERS,
    MOST_HEADER_CHARACTERS,
    MOST_OPTION_CHARACTERS,
    MOST_SECTION_CHARACTERS,
)
from bot.channels.slack.blocks.mrkdwn import clip, split

Block = dict[str, Any]


def markup(text: str) -> Block:
    """Returns a text object in Slack's markup; the text is escaped already."""
    # Verbatim, so that Slack makes no mention or link of what is none.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain(text: str, limit: int) -> Block:
    """Returns a text object without markup, its end left out where it is too long."""
    # Slack shows entities as the characters they stand for in here too.
    return {"type": "plain_text", "text": clip(text, limit)}


def section(text: str) -> Block:
    """Returns a section of escaped markup that fits one."""
    return {"type": "section", "text": markup(text)}


def sections(text: str, limit: int = MOST_SECTION_CHARACTERS) -> Iterator[Block]:
    """Yields a plain text as sections, as many as it needs."""
    for piece in split(text, limit):
        yield section(piece)


def context(text: str) -> Block:
    """Returns escaped markup in small print."""
    return {"type": "context", "elements": [markup(text)]}


def small_print(text: str) -> Block:
    """Returns a plain text in small print, its end left out where it is too long."""
    return {"type": "context", "elements": [plain(text, MOST_CONTEXT_CHARACTERS)]}


def header(text: str) -> Block:
    """Returns a heading."""
    return {"type": "header", "text": plain(text, MOST_HEADER_CHARACTERS)}


def button(action_id: str, label: str, value: str, style: Optional[str] = None) -> Block:
    """Returns a button. `style` is primary, danger or none."""
    shown = {"type": "button", "action_id": action_id, "text": plain(label, MOST_BUTTON_CHARACTERS), "value": value}
    return {**shown, "style": style} if style else shown


def actions(*elements: Block) -> Block:
    """Returns a row of buttons and selects."""
    return {"type": "actions", "elements": list(elements[:MOST_BUTTONS])}


def option(label: str, value: str) -> Block:
    """Returns one choice of a select."""
    return {"text": plain(label, MOST_OPTION_CHARACTERS), "value": value}


def select(action_id: str, options: Mapping[str, str], chosen: Optional[str] = None) -> Block:
    """Returns a select of labels by value, with one of them chosen or none."""
    shown: Block = {
        "type": "static_select",
        "action_id": action_id,
        "options": [option(label, value) for value, label in options.items()],
    }
    return shown if chosen is None else {**shown, "initial_option": option(options[chosen], chosen)}


def size(block: Block) -> int:
    """Returns how much a block counts, in characters."""
    return len(json.dumps(block, ensure_ascii=False))
