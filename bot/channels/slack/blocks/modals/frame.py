"""What every modal has, and how to read what was put into one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.slack.blocks.elements import Block, plain
from bot.channels.slack.blocks.limits import MOST_METADATA_CHARACTERS

MOST_TITLE_CHARACTERS = 24
MOST_LABEL_CHARACTERS = 2000
MOST_PLACEHOLDER_CHARACTERS = 150


def modal(callback_id: str, words: Mapping[str, str], blocks: Sequence[Block], carried: Mapping[str, Any]) -> Block:
    """Returns a modal. `words` are its title, submit and close; `carried` comes back with the submission."""
    metadata = json.dumps(carried, ensure_ascii=False)
    assert len(metadata) <= MOST_METADATA_CHARACTERS
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": metadata,
        **{name: plain(words[name], MOST_TITLE_CHARACTERS) for name in ("title", "submit", "close")},
        "blocks": list(blocks),
    }


def labelled(name: str, label: str, element: Block, optional: bool = False) -> Block:
    """Returns an input under a label; `name` is where a submission has its value."""
    needed = {"optional": True} if optional else {}
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label, MOST_LABEL_CHARACTERS),
        "element": {**element, "action_id": name},
        **needed,
    }


def carried_by(view: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what a submitted view carried. Raises ValueError where it is none of ours."""
    carried = json.loads(view.get("private_metadata") or "null")
    if not isinstance(carried, dict):
        raise ValueError("The view carries nothing.")
    return carried


def value_in(view: Mapping[str, Any], name: str) -> str:
    """Returns what was put into an input: its text, or the value chosen. Empty where there is none."""
    field = view["state"]["values"][name][name]
    chosen = field.get("selected_option") or {}
    return str(chosen.get("value") or field.get("value") or "").strip()
