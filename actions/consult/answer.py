"""An answer in words, part by part, before a channel gives it its form."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Mapping, Optional

Person = Literal["asked", "offered"]


@dataclass(frozen=True)
class SourceLine:
    """Where a part comes from; `url` only where it is one of Tencent's own pages."""

    text: str
    url: Optional[str] = None


@dataclass(frozen=True)
class Table:
    """A side-by-side comparison: the first column names what is compared."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class AnswerPart:
    """The answer to one question: first the answer, then why, from where, and what changed since."""

    topic: str
    title: str
    lead: str
    reason: Optional[str] = None
    source: Optional[SourceLine] = None
    changes: tuple[str, ...] = ()
    table: Optional[Table] = None


@dataclass(frozen=True)
class Answer:
    """A whole reply: its parts, the ids it drew on, and what to ask next.

    `confidence` is the probability that the first part answers what was asked, where anything was looked up. `person`
    says that a person should take over, where the channel can bring one: they were asked for, or Wenhao offers them,
    since it failed again and again. `recommendation` is
    the type of account that was recommended, `plan` a consultation's result to keep as a page.
    """

    parts: tuple[AnswerPart, ...] = ()
    text: str = ""
    understood: bool = True
    facts: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = field(default=())
    confidence: Optional[float] = None
    person: Optional[Person] = None
    recommendation: Optional[str] = None
    plan: Optional[Mapping[str, Any]] = None

    def parts_as_data(self) -> list[dict[str, Any]]:
        """Returns the parts as plain data for channels that render them."""
        return [asdict(part) for part in self.parts]
