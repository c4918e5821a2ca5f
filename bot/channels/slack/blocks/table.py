"""A comparison as a table, or in columns of a font of one width where Slack takes no table.

https://docs.slack.dev/reference/block-kit/blocks/table-block/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.channels.slack.blocks.elements import Block, section
from bot.channels.slack.blocks.limits import (
    MOST_SECTION_CHARACTERS,
    MOST_TABLE_CHARACTERS,
    MOST_TABLE_COLUMNS,
    MOST_TABLE_ROWS,
)
from bot.channels.slack.blocks.mrkdwn import align, split

FENCE = "```"

# Slack takes no cell without a character.
EMPTY_CELL = " "

Rows = Sequence[Sequence[str]]


def table_blocks(table: Mapping[str, Any]) -> list[Block]:
    """Returns a comparison as one block of type `table`, or as sections where it is beyond Slack's limits."""
    rows = [list(row) for row in (table["columns"], *table["rows"])]
    return [_table(rows)] if _fits(rows) else list(code_blocks(rows))


def without_table(blocks: Sequence[Block]) -> list[Block]:
    """Returns blocks with every table in columns of a font of one width."""
    return [plain for block in blocks for plain in (code_blocks(_texts(block)) if is_table(block) else [block])]


def is_table(block: Block) -> bool:
    """Returns whether a block is a table, of which a message may hold one."""
    return bool(block["type"] == "table")


def code_blocks(rows: Rows) -> Iterator[Block]:
    """Yields rows in columns of a font of one width."""
    for piece in split(align(rows), MOST_SECTION_CHARACTERS - 2 * len(f"{FENCE}\n")):
        yield section(f"{FENCE}\n{piece}\n{FENCE}")


def _fits(rows: Rows) -> bool:
    return (
        len(rows) <= MOST_TABLE_ROWS
        and max(map(len, rows)) <= MOST_TABLE_COLUMNS
        and sum(len(cell) or 1 for row in rows for cell in row) <= MOST_TABLE_CHARACTERS
    )


def _table(rows: Rows) -> Block:
    width = max(map(len, rows))
    return {
        "type": "table",
        "column_settings": [{"align": "left", "is_wrapped": True}] * width,
        "rows": [[_cell(cell) for cell in (*row, *[""] * (width - len(row)))] for row in rows],
    }


def _cell(text: str) -> Block:
    return {"type": "raw_text", "text": text if text.strip() else EMPTY_CELL}


def _texts(table: Block) -> Rows:
    return [[cell["text"].strip() for cell in row] for row in table["rows"]]
