"""New intents on their way into the project, as somebody types them: any field may still be empty or wrong."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Mapping, Optional

ASKING = "ask_"


@dataclass(frozen=True)
class Words:
    """The same words in both languages."""

    en: str = ""
    zh: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is written in either language."""
        return not (self.en.strip() or self.zh.strip())


@dataclass(frozen=True)
class DraftValue:
    """A figure that a row's wording names as `{name}`: its value as it was typed, and its unit (phrases.yml)."""

    name: str = ""
    value: str = ""
    unit: str = ""
    per: str = ""


@dataclass(frozen=True)
class DraftSource:
    """Where a row comes from, where the rule table does not have it yet. `date` is 2014, 2015-Q1, 2014-09 or a day."""

    id: str = ""
    title: str = ""
    kind: str = ""
    date: str = ""


@dataclass(frozen=True)
class DraftRow:
    """One row of the rule table. `source` is the id of one of the table's sources or of the draft's own.

    `account`, `subject` and `industry` are the cases it applies to, empty for all; `verified` is "yes", "no" or empty.
    """

    id: str = ""
    answer: Words = Words()
    reason: Words = Words()
    values: tuple[DraftValue, ...] = ()
    account: tuple[str, ...] = ()
    verified: str = ""
    subject: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True)
class Draft:
    """A new topic: its name (without `ask_`), titles, rows. `new_area` is the name of an area that is not there yet."""

    name: str = ""
    title: Words = Words()
    question: Words = Words()
    area: str = ""
    new_area: Words = Words()
    rows: tuple[DraftRow, ...] = (DraftRow(),)
    sources: tuple[DraftSource, ...] = ()
    suggests: tuple[str, ...] = ()

    @property
    def intent(self) -> str:
        """The intent that asks for the topic."""
        return ASKING + self.name

    def to_data(self) -> dict[str, Any]:
        """Returns the draft as plain data, as it is kept and sent."""
        data: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Draft:
        """Reads a draft from plain data. What is missing or has no fitting form is empty."""
        return cls(
            name=_text(data, "name"),
            title=_words(data, "title"),
            question=_words(data, "question"),
            area=_text(data, "area"),
            new_area=_words(data, "new_area"),
            rows=tuple(_row(each) for each in _parts(data, "rows")),
            sources=tuple(
                DraftSource(**_texts(each, ("id", "title", "kind", "date"))) for each in _parts(data, "sources")
            ),
            suggests=_many(data, "suggests"),
        )


def _row(data: Mapping[str, Any]) -> DraftRow:
    plain = ("id", "verified", "valid_from", "valid_to", "source", "confidence")
    return DraftRow(
        **_texts(data, plain),
        answer=_words(data, "answer"),
        reason=_words(data, "reason"),
        values=tuple(DraftValue(**_texts(each, ("name", "value", "unit", "per"))) for each in _parts(data, "values")),
        account=_many(data, "account"),
        subject=_many(data, "subject"),
        industry=_many(data, "industry"),
    )


def _text(data: Mapping[str, Any], name: str) -> str:
    value: Optional[Any] = data.get(name)
    return "" if value is None else str(value).strip()


def _texts(data: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _text(data, name) for name in names}


def _words(data: Mapping[str, Any], name: str) -> Words:
    value = data.get(name)
    return Words(_text(value, "en"), _text(value, "zh")) if isinstance(value, Mapping) else Words()


def _many(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = data.get(name)
    found = [value] if isinstance(value, str) else value if isinstance(value, (list, tuple)) else ()
    return tuple(str(each).strip() for each in found if str(each).strip())


def _parts(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = data.get(name)
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, (list, tuple)) else []
