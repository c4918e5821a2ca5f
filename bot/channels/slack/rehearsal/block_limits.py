"""The limits of blocks, and of messages and views made of them: pure functions.

https://docs.slack.dev/reference/block-kit/blocks/ and https://docs.slack.dev/reference/views/
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from bot.channels.slack.rehearsal.element_limits import INPUTS, MOST_OPTIONS, PICKERS, check_element, check_image
from bot.channels.slack.rehearsal.problems import (
    Json,
    Problem,
    Problems,
    check_list,
    check_optional,
    check_optional_texts,
    check_string,
    check_text,
    check_unique,
)

MOST_BLOCKS = 50
MOST_BLOCKS_OF_A_VIEW = 100
MOST_CHARACTERS = 13_200
"""Slack names no figure; this is what people measured before `msg_blocks_too_long`."""

MOST_TABLE_CHARACTERS = 10_000

MENUS = (*MOST_OPTIONS, *PICKERS)
IN_ACTIONS = ("button", *MENUS, "datepicker", "timepicker", "datetimepicker")
IN_SECTION = (*IN_ACTIONS, "image")
IN_INPUT = (*INPUTS, *(menu for menu in MENUS if menu != "overflow"))
ONLY_IN_MESSAGES = ("markdown", "table", "context_actions")


def message_problems(blocks: Any) -> list[Problem]:
    """Returns what is wrong with the blocks of a message, apart from their length in all."""
    problems = [*check_list(blocks, "/blocks", MOST_BLOCKS, least=0)]
    if problems:
        return problems
    problems += _check_blocks(blocks, "/blocks", messages=True)
    tables = [block for block in blocks if block["type"] == "table"] if not problems else []
    if len(tables) > 1:
        problems.append(Problem("/blocks", "only_one_table_allowed"))
    markdown = sum(len(block["text"]) for block in blocks if block.get("type") == "markdown") if not problems else 0
    if markdown > 12_000:
        problems.append(Problem("/blocks", "markdown text must be less than 12001 characters in all"))
    return problems


def is_too_long(blocks: Sequence[Json]) -> bool:
    """Returns whether a message's blocks are longer in all than Slack takes (`msg_blocks_too_long`)."""
    return len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) > MOST_CHARACTERS


def view_problems(view: Any) -> list[Problem]:
    """Returns what is wrong with a modal or a home tab."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return [Problem("/view/type", "must be one of modal, home")]
    problems = [*check_optional(view, "/view", {"private_metadata": 3000, "callback_id": 255, "external_id": 255})]
    if view["type"] == "modal":
        problems += check_text(view.get("title"), "/view/title", 24, plain=True)
        problems += check_optional_texts(view, "/view", {"submit": 24, "close": 24})
    found = [*check_list(view.get("blocks"), "/view/blocks", MOST_BLOCKS_OF_A_VIEW, least=0)]
    if found:
        return problems + found
    problems += _check_blocks(view["blocks"], "/view/blocks", messages=False)
    has_input = any(block.get("type") == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_input and not view.get("submit"):
        problems.append(Problem("/view/submit", "is required when an input block is within the blocks array"))
    return problems


def _check_blocks(blocks: Sequence[Json], pointer: str, messages: bool) -> Problems:
    for number, block in enumerate(blocks):
        place, kind = f"{pointer}/{number}", block.get("type")
        check = CHECKS.get(str(kind))
        if check is None or (kind in ONLY_IN_MESSAGES and not messages):
            yield Problem(f"{place}/type", f"unsupported type: {kind}")
            continue
        yield from check_optional(block, place, {"block_id": 255})
        yield from check(block, place)
        elements = block.get("elements")
        if isinstance(elements, list) and kind == "actions":
            ids = [element.get("action_id") for element in elements if isinstance(element, dict)]
            yield from check_unique(ids, f"{place}/elements", "action_id")
    yield from check_unique([block.get("block_id") for block in blocks], pointer, "block_id")


def _check_section(block: Json, pointer: str) -> Problems:
    if block.get("text") is None and not block.get("fields"):
        yield Problem(pointer, "must define either `text` or `fields`")
    if block.get("text") is not None:
        yield from check_text(block["text"], f"{pointer}/text", 3000)
    if block.get("fields") is not None:
        yield from check_list(block["fields"], f"{pointer}/fields", 10)
        for number, field in enumerate(block["fields"] if isinstance(block["fields"], list) else []):
            yield from check_text(field, f"{pointer}/fields/{number}", 2000)
    if block.get("accessory") is not None:
        yield from check_element(block["accessory"], f"{pointer}/accessory", IN_SECTION)


def _check_header(block: Json, pointer: str) -> Problems:
    yield from check_text(block.get("text"), f"{pointer}/text", 150, plain=True)


def _check_context(block: Json, pointer: str) -> Problems:
    yield from check_list(block.get("elements"), f"{pointer}/elements", 10)
    for number, element in enumerate(block["elements"] if isinstance(block.get("elements"), list) else []):
        place = f"{pointer}/elements/{number}"
        if isinstance(element, dict) and element.get("type") == "image":
            yield from check_image(element, place)
        else:
            yield from check_text(element, place, 2000)


def _elements(most: int, allowed: tuple[str, ...]) -> Callable[[Json, str], Problems]:
    def check(block: Json, pointer: str) -> Problems:
        yield from check_list(block.get("elements"), f"{pointer}/elements", most)
        for number, element in enumerate(block["elements"] if isinstance(block.get("elements"), list) else []):
            yield from check_element(element, f"{pointer}/elements/{number}", allowed)

    return check


def _check_input(block: Json, pointer: str) -> Problems:
    yield from check_text(block.get("label"), f"{pointer}/label", 2000, plain=True)
    yield from check_optional_texts(block, pointer, {"hint": 2000})
    yield from check_element(block.get("element"), f"{pointer}/element", IN_INPUT)


def _check_image_block(block: Json, pointer: str) -> Problems:
    yield from check_image(block, pointer)
    yield from check_optional_texts(block, pointer, {"title": 2000})


def _check_table(block: Json, pointer: str) -> Problems:
    rows, place = block.get("rows"), f"{pointer}/rows"
    faults = [*check_list(rows, place, 100, of=list)]
    for number, row in enumerate(rows if isinstance(rows, list) and not faults else []):
        faults += check_list(row, f"{place}/{number}", 20)
    faults += check_list(block.get("column_settings") or [], f"{pointer}/column_settings", 20, least=0)
    yield from faults
    if faults or not isinstance(rows, list):
        return
    cells = [(f"{place}/{i}/{j}", cell) for i, row in enumerate(rows) for j, cell in enumerate(row)]
    for at, cell in cells:
        if cell.get("type") == "raw_text":
            yield from check_string(cell.get("text"), f"{at}/text", MOST_TABLE_CHARACTERS)
        elif cell.get("type") != "rich_text":
            yield Problem(f"{at}/type", "must be one of raw_text, rich_text")
    if sum(len(str(cell.get("text") or cell.get("elements") or "")) for _, cell in cells) > MOST_TABLE_CHARACTERS:
        yield Problem(place, f"must be less than {MOST_TABLE_CHARACTERS + 1} characters in all")


def _check_rich_text(block: Json, pointer: str) -> Problems:
    yield from check_list(block.get("elements"), f"{pointer}/elements", 100)


def _check_markdown(block: Json, pointer: str) -> Problems:
    yield from check_string(block.get("text"), f"{pointer}/text", 12_000)


def _check_divider(block: Json, pointer: str) -> Problems:
    extra = sorted(set(block) - {"type", "block_id"})
    yield from (Problem(pointer, f"no additional properties allowed: {name}") for name in extra)


CHECKS: dict[str, Callable[[Json, str], Problems]] = {
    "section": _check_section,
    "header": _check_header,
    "context": _check_context,
    "actions": _elements(25, IN_ACTIONS),
    "context_actions": _elements(5, ("feedback_buttons", "icon_button")),
    "input": _check_input,
    "image": _check_image_block,
    "table": _check_table,
    "rich_text": _check_rich_text,
    "markdown": _check_markdown,
    "divider": _check_divider,
}
