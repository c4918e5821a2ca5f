"""Entities marked within a question, as Rasa reads them: `[words](entity)`, `[words]{"entity": ...}`."""

from __future__ import annotations

import json
import re
from typing import Iterator, Optional

# https://rasa.com/docs/rasa/training-data-format#entities
_MARKED = re.compile(
    r"\[(?P<words>[^\]]+?)\](?:\((?P<entity>[^:)]+?)(?::[^)]+)?\)|(?P<one>\{[^}]+?\})|\[(?P<several>.*?)\])"
)
_OBJECT = re.compile(r"\{[^}]+?\}")


def plain_text(text: str) -> str:
    """Returns a question without its marks."""
    return _MARKED.sub(lambda match: match["words"], text)


def entities_in(text: str) -> Iterator[Optional[str]]:
    """Yields the entity of each mark, None for a mark that Rasa can't read."""
    for match in _MARKED.finditer(text):
        if match["entity"]:
            yield match["entity"]
            continue
        written = [match["one"]] if match["one"] else _OBJECT.findall(match["several"])
        yield from map(_entity, written or [""])


def _entity(written: str) -> Optional[str]:
    try:
        entity = json.loads(written)["entity"]
    except (ValueError, KeyError):
        return None
    return entity if isinstance(entity, str) else None
