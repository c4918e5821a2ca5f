"""The case a question is about: kind of account, verified or not, subject, industry, interface."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Mapping, Optional, Sequence, cast

from actions.rule_table.model import Account, AppliesTo, Row


@dataclass(frozen=True)
class Conditions:
    """What is known of the case. Empty or None: not said."""

    accounts: tuple[Account, ...] = ()
    verified: Optional[bool] = None
    subject: Optional[str] = None
    industry: Optional[str] = None
    interface: Optional[str] = None

    @classmethod
    def from_entities(cls, entities: Sequence[Mapping[str, Any]]) -> Conditions:
        """Reads the conditions among a message's entities, in the order in which they are named."""
        named: dict[str, list[str]] = {}
        for entity in entities:
            values = named.setdefault(entity["entity"], [])
            if entity["value"] not in values:
                values.append(entity["value"])
        verified = named.get("verified", [])
        return cls(
            accounts=cast("tuple[Account, ...]", tuple(named.get("account", ()))),
            verified=verified[0] == "yes" if len(verified) == 1 else None,
            subject=_first(named.get("subject")),
            industry=_first(named.get("industry")),
            interface=_longest(entities, "interface"),
        )

    @classmethod
    def from_slot(cls, slot: Optional[Mapping[str, Any]]) -> Conditions:
        """Reads what `to_slot` wrote."""
        known = {field.name for field in fields(cls)}
        kept = {name: value for name, value in (slot or {}).items() if name in known}
        return cls(**{**kept, "accounts": tuple(kept.get("accounts", ()))})

    def to_slot(self) -> dict[str, Any]:
        """Returns the conditions as plain data for a slot."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def completed_by(self, known: Conditions) -> Conditions:
        """Returns these conditions, with what they leave open taken from what was known before."""
        return replace(
            self,
            **{
                field.name: getattr(known, field.name)
                for field in fields(self)
                if getattr(self, field.name) in ((), None)
            },
        )


def _first(values: Optional[list[str]]) -> Optional[str]:
    return values[0] if values else None


def _longest(entities: Sequence[Mapping[str, Any]], name: str) -> Optional[str]:
    """Returns the value that is named by the most words: "list of OpenIDs" says more than "broadcast interface"."""
    found = [entity for entity in entities if entity["entity"] == name]
    return max(found, key=lambda entity: entity.get("end", 0) - entity.get("start", 0))["value"] if found else None


def narrow(rows: list[Row], conditions: Conditions) -> list[Row]:
    """Returns the rows that speak of the case; all of them where a condition would leave none.

    Rows for a special subject or industry are left out unless the case has it: nobody asked about media accounts.
    """
    rows = _keep(rows, lambda case: not case.account or not conditions.accounts or _meet(case, conditions))
    if conditions.verified is not None:
        rows = _keep(rows, lambda case: case.verified in (None, conditions.verified))
    rows = _keep(rows, lambda case: case.subject is None or conditions.subject in case.subject)
    return _keep(rows, lambda case: case.industry is None or conditions.industry in case.industry)


def _meet(case: AppliesTo, conditions: Conditions) -> bool:
    return bool(set(case.account or ()) & set(conditions.accounts))


def _keep(rows: list[Row], fits: Any) -> list[Row]:
    return [row for row in rows if fits(row.applies_to)] or rows


def applies(row: Row, conditions: Conditions) -> bool:
    """Whether a later row bears on the case: nothing in its conditions contradicts or goes beyond what was said."""
    case = row.applies_to
    if case.account and conditions.accounts and not _meet(case, conditions):
        return False
    if case.verified is not None and conditions.verified not in (None, case.verified):
        return False
    if case.subject is not None and conditions.subject not in case.subject:
        return False
    return case.industry is None or conditions.industry in case.industry
