"""The parts of the rule table, as they are written in `data/rule_table/*.yml`.

Every part is immutable. `docs/rule_table.md` explains the fields to the people who write them.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, Literal, Optional, Union

from pydantic import BaseModel, Extra, validator

from actions.rule_table.partial_date import PartialDate

Account = Literal["subscription", "service"]
Confidence = Literal["high", "medium", "low"]
Language = Literal["en", "zh"]


class Part(BaseModel):
    """Base of all parts: unknown keys are faults, nothing changes after loading."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False
        smart_union = True


class Wording(Part):
    """The same words in both languages, as templates over a row's values: `{amount}`."""

    en: str
    zh: str

    @validator("en", "zh")
    def _not_blank(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("is empty: write the wording in this language too")
        return text

    def in_language(self, language: Language) -> str:
        """Returns the wording in English or in simplified Chinese."""
        return self.en if language == "en" else self.zh


class Value(Part):
    """A typed figure: 300 CNY per application, 15 working_days, 2012-08 month."""

    value: Union[bool, int, Decimal, str]
    unit: str
    per: Optional[str] = None

    @validator("value", pre=True)
    def _exact(cls, value: Any) -> Any:
        # A float such as 0.6 is kept as the decimal that was written, not as its binary neighbour.
        return Decimal(str(value)) if isinstance(value, float) else value


class Relation(str, Enum):
    """What a later row says of the rows named in its `about`."""

    AGREES = "agrees"
    REFINES = "refines"
    DIFFERS = "differs"
    SUPERSEDES = "supersedes"
    PRECEDES = "precedes"

    @property
    def replaces(self) -> bool:
        """Whether such a row is a rule of its own time, in the place of the one it is about."""
        return self in (Relation.SUPERSEDES, Relation.PRECEDES)


class AppliesTo(Part):
    """The case a row speaks of. A condition left out holds for every account."""

    account: Optional[tuple[Account, ...]] = None
    verified: Optional[bool] = None
    subject: Optional[tuple[str, ...]] = None
    industry: Optional[tuple[str, ...]] = None

    @validator("account", "subject", "industry", pre=True)
    def _one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


class Validity(Part):
    """From which day a rule held, and until which (that day excluded). Left out: not known, or still open."""

    start: Optional[PartialDate] = None
    end: Optional[PartialDate] = None
    start_is: Literal["on", "by", "about"] = "on"

    class Config:
        fields: ClassVar[dict[str, str]] = {"start": "from", "end": "to", "start_is": "from_is"}
        allow_population_by_field_name = True

    @validator("end")
    def _ordered(cls, end: Optional[PartialDate], values: dict[str, Any]) -> Optional[PartialDate]:
        start = values.get("start")
        if end and start and end.first_day <= start.first_day:
            raise ValueError(f"ends on {end}, not after it begins on {start}")
        return end


class Row(Part):
    """One rule, fact or piece of advice."""

    id: str
    topic: str
    applies_to: AppliesTo = AppliesTo()
    values: dict[str, Value] = {}
    valid: Validity = Validity()
    sources: tuple[str, ...]
    part: Optional[str] = None
    confidence: Confidence
    about: tuple[str, ...] = ()
    relation: Optional[Relation] = None
    answer: Wording
    reason: Optional[Wording] = None
    compare: dict[Account, Wording] = {}

    @validator("sources", "about", pre=True)
    def _tuple(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @validator("sources")
    def _at_least_one(cls, sources: tuple[str, ...]) -> tuple[str, ...]:
        if not sources:
            raise ValueError("is empty: name the source, the newest first")
        return sources

    @validator("relation", always=True)
    def _about_something(cls, relation: Optional[Relation], values: dict[str, Any]) -> Optional[Relation]:
        if bool(relation) != bool(values.get("about")):
            raise ValueError("'about' and 'relation' belong together: name the rows, and what this row says of them")
        return relation

    @property
    def is_guide(self) -> bool:
        """Whether the row is one of the facts that the guides state (ids fixed), not a later one."""
        return self.sources[0].startswith("guide.")

    def wordings(self) -> dict[str, Wording]:
        """Returns every template of the row, by the name of its field."""
        named = {"answer": self.answer, "reason": self.reason}
        named.update({f"compare.{account}": cell for account, cell in self.compare.items()})
        return {name: wording for name, wording in named.items() if wording is not None}


class Topic(Part):
    """What can be asked: the intent `ask_<id>` belongs to the topic `<id>`.

    A topic that only `compares` others by kind of account, or only `gathers` them, has no rows of its own.
    """

    id: str
    area: str
    aspects: tuple[str, ...] = ()
    title: Wording
    question: Wording
    suggests: tuple[str, ...] = ()
    compares: tuple[str, ...] = ()
    gathers: tuple[str, ...] = ()

    @validator("aspects", pre=True)
    def _tuple(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


class Area(Part):
    """A group of topics: verification, WeChat Pay, the custom menu."""

    id: str
    name: Wording


class Source(Part):
    """Where rows come from. A reply links to `url` only where it is one of Tencent's own pages."""

    id: str
    title: Optional[Union[Wording, str]] = None
    kind: str
    date: Optional[PartialDate] = None
    approximate: bool = False
    url: Optional[str] = None


Cell = Literal["yes", "no", "apply"]


class Interface(Part):
    """One row of the permission matrix: who may use an interface.

    `topic` where it has rules of its own, `later` the later rows that speak of it.
    """

    id: str
    name: Wording
    about: tuple[str, ...]
    topic: str = "interface"
    later: tuple[str, ...] = ()
    unverified_subscription: Cell
    verified_subscription: Cell
    unverified_service: Cell
    verified_service: Cell

    @validator("about", "later", pre=True)
    def _tuple(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    def cell(self, account: Account, verified: bool) -> Cell:
        """Returns whether this kind of account may use the interface."""
        cell: Cell = getattr(self, f"{'verified' if verified else 'unverified'}_{account}")
        return cell


class Rate(Part):
    """WeChat Pay's rate and settlement cycle for some industries and kinds of merchant."""

    id: str
    subject: str
    industries: tuple[str, ...]
    percent: Decimal
    cycle_days: Optional[int] = None
    cycle_sure: bool = True
    sources: tuple[str, ...]

    @validator("percent", pre=True)
    def _exact(cls, value: Any) -> Any:
        return str(value)
