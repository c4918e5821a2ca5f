"""What a business told of itself: what it wants, who it is, and the figures to reckon with."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Iterable, Mapping, Optional, Sequence

from actions.consult.figures import Figures, Frequency
from actions.rule_table.table import RuleTable

# Purposes of an account; every other wish is the id of an interface, or `advanced` for those as a whole.
PURPOSES = ("publish", "sell", "serve", "third_party", "advanced")

# Who an account can belong to; where nothing is said of it, a company is taken.
INDIVIDUAL = "individual"

# What is true of one message only.
PASSING = ("conflicts", "alone")


@dataclass(frozen=True)
class Circumstances:
    """Empty or None: not said. `wishes` in the order in which they were named, `lacks` what is not wanted.

    `conflicts` are the names of what was said in two ways at once; `alone` is whether the wishes are all that is
    wanted.
    """

    wishes: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    subject: Optional[str] = None
    industry: Optional[str] = None
    listed: Optional[str] = None
    capital: Optional[Decimal] = None
    frequency: Optional[Frequency] = None
    brands: Optional[str] = None
    startup: Optional[str] = None
    budget: Optional[str] = None
    turnover: Optional[Decimal] = None
    turnover_per: str = ""
    conflicts: tuple[str, ...] = ()
    alone: bool = False

    @classmethod
    def from_entities(cls, table: RuleTable, entities: Sequence[Mapping[str, Any]], figures: Figures) -> Circumstances:
        """Reads what a message tells of the business behind it."""
        wished = [each for each in entities if each["entity"] in ("wish", "interface") and _is_wish(table, each)]
        said = {name: _values(entities, name) for name in ("listed", "brands", "budget", "company", "startup")}
        subject, conflict = _subject(entities)
        return cls(
            wishes=_distinct(each["value"] for each in wished if not each.get("denied")),
            lacks=_distinct(each["value"] for each in wished if each.get("denied")),
            subject=subject,
            industry=next(iter(_values(entities, "industry")), None),
            listed=_only(said["listed"]),
            capital=figures.capital.number if figures.capital else None,
            frequency=figures.frequency,
            brands=_only(said["brands"]),
            startup=_only(said["startup"]),
            budget=_only(said["budget"]),
            turnover=figures.turnover.number if figures.turnover else None,
            turnover_per=figures.turnover.per if figures.turnover else "",
            alone=any(each.get("alone") for each in wished),
            conflicts=tuple(
                [name for name in ("listed", "brands", "budget") if len(said[name]) > 1] + (["subject"] * conflict)
            ),
        )

    @classmethod
    def from_slot(cls, slot: Optional[Mapping[str, Any]]) -> Circumstances:
        """Reads what `to_slot` wrote. Raises ValueError, TypeError or ArithmeticError where a value is of no use."""
        kept = {name: value for name, value in (slot or {}).items() if value is not None}
        known = {field.name for field in fields(cls)}
        read: dict[str, Any] = {name: value for name, value in kept.items() if name in known}
        for name in ("wishes", "lacks", "conflicts"):
            read[name] = tuple(read.get(name, ()))
        for name in ("capital", "turnover"):
            if name in read:
                read[name] = Decimal(str(read[name]))
        if "frequency" in read:
            read["frequency"] = Frequency.parse(str(read["frequency"]))
        return cls(**read)

    def to_slot(self) -> dict[str, Any]:
        """Returns the circumstances as plain data; what is not known is left out."""
        said = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in PASSING}
        plain = {"wishes": list(self.wishes), "lacks": list(self.lacks)}
        texts = {name: str(value) for name, value in said.items() if isinstance(value, (Decimal, Frequency))}
        return {name: value for name, value in {**said, **plain, **texts}.items() if value not in (None, [], "")}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said at all."""
        return self == Circumstances()

    @property
    def describes(self) -> bool:
        """Whether enough was said to recommend by: what is wanted, how often to publish, or a special kind of owner."""
        return bool(self.wishes or self.frequency or self.subject not in (None, "enterprise"))

    def completed_by(self, known: Circumstances) -> Circumstances:
        """Returns these circumstances, with what they leave open taken from what was known before.

        Wishes add up; what is denied is no longer wished for, and what is wished for no longer denied.
        """
        kept = () if self.alone else known.wishes
        wishes = _distinct([*(wish for wish in kept if wish not in self.lacks), *self.wishes])
        lacks = _distinct([*(wish for wish in known.lacks if wish not in self.wishes), *self.lacks])
        others = {
            field.name: getattr(known, field.name)
            for field in fields(self)
            if getattr(self, field.name) in ((), None, "") and field.name not in PASSING
        }
        merged = replace(self, **{**others, "wishes": wishes, "lacks": lacks})
        if self.turnover is not None:
            merged = replace(merged, turnover_per=self.turnover_per)
        if self.subject and self.subject != known.subject and self.subject == INDIVIDUAL:
            # A private person has neither shares on an exchange nor registered capital.
            merged = replace(merged, listed=self.listed, capital=self.capital)
        return merged


def _is_wish(table: RuleTable, entity: Mapping[str, Any]) -> bool:
    return entity["value"] in PURPOSES or entity["value"] in table.interfaces


def _values(entities: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    return list(dict.fromkeys(str(entity["value"]) for entity in entities if entity["entity"] == name))


def _subject(entities: Sequence[Mapping[str, Any]]) -> tuple[Optional[str], bool]:
    """Returns who the account belongs to, and whether two owners were named that exclude each other."""
    subjects, companies = _values(entities, "subject"), _values(entities, "company")
    named = [*subjects, *companies]
    if INDIVIDUAL in named:
        others = [name for name in named if name not in (INDIVIDUAL, "sole_proprietor")]
        if "sole_proprietor" in named:
            return "sole_proprietor", False
        return (None, True) if others else (INDIVIDUAL, False)
    return next(iter((*subjects, *companies)), None), False


def _only(values: list[str]) -> Optional[str]:
    return values[0] if len(values) == 1 else None


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
