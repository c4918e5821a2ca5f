"""Answer parts as plain text that fits a phone: no markup, a line for each kind of statement."""

from __future__ import annotations

from typing import Iterable, Sequence

from actions.consult.answer import AnswerPart, Table


def to_text(parts: Sequence[AnswerPart], no_cell: str) -> str:
    """Returns the parts as lines, a blank line between them. `no_cell` stands for an empty cell of a table."""
    return "\n\n".join("\n".join(_lines(part, no_cell)) for part in parts)


def _lines(part: AnswerPart, no_cell: str) -> Iterable[str]:
    yield part.lead
    if part.table:
        yield from _table_lines(part.table, no_cell)
    if part.reason:
        yield part.reason
    if part.source:
        yield " ".join(filter(None, (part.source.text, part.source.url)))
    yield from part.changes


def _table_lines(table: Table, no_cell: str) -> Iterable[str]:
    # A table of three columns is too wide for a phone: a line for each topic, both accounts below it.
    for title, *cells in table.rows:
        yield title
        for column, cell in zip(table.columns[1:], cells, strict=True):
            yield f"  {column}: {cell or no_cell}"
