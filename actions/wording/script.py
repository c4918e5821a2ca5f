"""Answers for readers of traditional characters: the wording is simplified, OpenCC converts it (opencc.byvoid.com)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Mapping

from opencc import OpenCC

from actions.consult.answer import Answer, AnswerPart, SourceLine, Table


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("s2tw")


@lru_cache(maxsize=4096)
def to_traditional(text: str) -> str:
    """Returns a text in traditional characters."""
    return str(_converter().convert(text))


def in_traditional(answer: Answer) -> Answer:
    """Returns an answer whose words are all in traditional characters."""
    return replace(
        answer,
        text=to_traditional(answer.text),
        parts=tuple(_part(part) for part in answer.parts),
        suggestions=tuple(map(to_traditional, answer.suggestions)),
        plan=_all(answer.plan) if answer.plan else None,
    )


def _all(value: Any) -> Any:
    """Returns plain data with every text in it in traditional characters."""
    if isinstance(value, Mapping):
        return {key: _all(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_all(each) for each in value]
    return to_traditional(value) if isinstance(value, str) else value


def _part(part: AnswerPart) -> AnswerPart:
    source, table = part.source, part.table
    return replace(
        part,
        title=to_traditional(part.title),
        lead=to_traditional(part.lead),
        reason=to_traditional(part.reason) if part.reason else None,
        source=SourceLine(to_traditional(source.text), source.url) if source else None,
        changes=tuple(map(to_traditional, part.changes)),
        table=_table(table) if table else None,
    )


def _table(table: Table) -> Table:
    rows = (tuple(map(to_traditional, row)) for row in table.rows)
    return Table(tuple(map(to_traditional, table.columns)), tuple(rows))
