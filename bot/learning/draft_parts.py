"""What a draft is in the rule table: its sections as data, and back from a place in them to the field of the draft."""

from __future__ import annotations

import re
from typing import Any, Union

from bot.learning.deciding.teachable import plain_line
from bot.learning.drafts import Draft, DraftRow, DraftSource, DraftValue, Words

Place = tuple[Union[str, int], ...]

_WHOLE = re.compile(r"-?\d{1,18}")
_BROKEN = re.compile(r"-?\d{1,18}\.\d{1,9}")
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}


def parts_of(draft: Draft) -> dict[str, Any]:
    """Returns a draft as sections of a rule table: `areas`, `topics`, `sources`, `rows`. What is empty is left out."""
    topic = {
        "area": draft.area,
        "title": _words(draft.title),
        "question": _words(draft.question),
        "suggests": list(draft.suggests),
    }
    sections = {
        "areas": {draft.area: {"name": _words(draft.new_area)}} if not draft.new_area.empty else {},
        "topics": {draft.name: _filled(topic)},
        "sources": {source.id: _filled(_source(source)) for source in draft.sources},
        "rows": [_filled(_row(draft.name, row)) for row in draft.rows],
    }
    return {name: content for name, content in sections.items() if content}


def _source(source: DraftSource) -> dict[str, Any]:
    return {"title": plain_line(source.title), "kind": source.kind, "date": _typed(source.date)}


def _row(topic: str, row: DraftRow) -> dict[str, Any]:
    case = {
        "account": list(row.account),
        "verified": _YES_NO.get(row.verified, row.verified),
        "subject": list(row.subject),
        "industry": list(row.industry),
    }
    return {
        "id": row.id,
        "topic": topic,
        "applies_to": _filled(case),
        "values": {value.name: _filled(_value(value)) for value in row.values},
        "valid": _filled({"from": _typed(row.valid_from), "to": _typed(row.valid_to)}),
        "sources": row.source,
        "confidence": row.confidence,
        "answer": _words(row.answer),
        "reason": _words(row.reason),
    }


def _value(value: DraftValue) -> dict[str, Any]:
    return {"value": _typed(value.value), "unit": value.unit, "per": value.per}


def _typed(text: str) -> Union[bool, int, float, str]:
    """Returns what was typed as YAML would take it: a number, yes or no, else text (dates are text)."""
    plain = text.replace(",", "")
    if _WHOLE.fullmatch(plain):
        return int(plain)
    if _BROKEN.fullmatch(plain):
        return float(plain)
    return _YES_NO.get(text.lower(), text)


def _words(words: Words) -> dict[str, str]:
    return _filled({"en": plain_line(words.en), "zh": plain_line(words.zh)})


def _filled(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value not in ("", [], {}, None)}


def field_at(draft: Draft, place: Place) -> str:
    """Returns the field of a draft (`rows.0.answer.zh`) that a place in its sections comes from."""
    section, *inside = place or ("",)
    if section == "areas":
        return ".".join(["new_area" if len(inside) > 1 else "area", *map(str, inside[2:])])
    if section == "topics":
        return ".".join(map(str, inside[1:])) or "name"
    if section == "sources":
        ids = [source.id for source in draft.sources]
        index = ids.index(str(inside[0])) if inside and inside[0] in ids else 0
        return ".".join(["sources", str(index), *map(str, inside[1:])])
    if section == "rows" and inside:
        return _row_field(draft, int(inside[0]), inside[1:])
    return "name"


def _row_field(draft: Draft, index: int, inside: list[Union[str, int]]) -> str:
    row = f"rows.{index}"
    if not inside:
        return f"{row}.id"
    name, *rest = map(str, inside)
    if name == "values" and rest:
        names = [value.name for value in draft.rows[index].values]
        number = names.index(rest[0]) if rest[0] in names else 0
        return ".".join([row, "values", str(number), *(rest[1:] or ["value"])])
    if name == "valid":
        return f"{row}.valid_{'to' if rest[:1] == ['to'] else 'from'}"
    if name == "applies_to":
        return ".".join([row, rest[0] if rest else "account"])
    return ".".join([row, "source" if name == "sources" else name, *rest[:1]])
