"""Finds what a person presses in a message, and what Slack then tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Optional

from bot.channels.slack.rehearsal.block_text import labels

Json = dict[str, Any]


class Pressed(NamedTuple):
    """A thing that can be pressed: its label, its block's id, and its part of the payload."""

    label: str
    block_id: str
    action: Json


def find_pressed(blocks: Sequence[Mapping[str, Any]], wanted: str) -> Optional[Pressed]:
    """Returns what is wanted by its number (from 1), its label or its action_id; None where it is not there."""
    found = list(_pressable(blocks))
    if wanted.isdigit() and 0 < int(wanted) <= len(found):
        return found[int(wanted) - 1]
    for each in found:
        if wanted == each.action["action_id"] or wanted.lower() in each.label.lower():
            return each
    return None


def _pressable(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Pressed]:
    for number, block in enumerate(blocks):
        block_id = block.get("block_id") or f"b{number}"
        accessory = [block["accessory"]] if block.get("accessory") else []
        elements = block["elements"] if block["type"] in ("actions", "context_actions") else accessory
        names = iter(labels(block))
        for element in elements:
            for action in _actions(element):
                yield Pressed(next(names), block_id, action)


def _actions(element: Mapping[str, Any]) -> Iterator[Json]:
    about = {"type": element["type"], "action_id": element.get("action_id", "")}
    if element["type"] == "button":
        yield {**about, "text": element["text"], **({"value": element["value"]} if "value" in element else {})}
    elif element["type"] == "feedback_buttons":
        for name in ("positive_button", "negative_button"):
            yield {**about, "value": element[name]["value"], "text": element[name]["text"]}
    elif element.get("options"):
        yield {**about, "selected_option": element["options"][0]}
    elif element["type"] != "image":
        yield about
