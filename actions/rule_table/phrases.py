"""The words around the rows: units, sentence frames, stand-alone replies. Both languages, from `phrases.yml`."""

from __future__ import annotations

from typing import Optional

from actions.rule_table.model import Part, Wording


class Unit(Part):
    """How values of a unit are written. `{n}` is the value; `one` serves the English singular."""

    kind: str = "number"
    one: Optional[Wording] = None
    other: Optional[Wording] = None
    yes: Optional[Wording] = None
    no: Optional[Wording] = None


class Phrases(Part):
    """Every sentence and fragment that a reply is made of besides the rows' own wording."""

    units: dict[str, Unit]
    per: dict[str, Wording]
    names: dict[str, dict[str, Wording]]
    frames: dict[str, Wording]
    replies: dict[str, Wording]
    openings: tuple[str, ...]
