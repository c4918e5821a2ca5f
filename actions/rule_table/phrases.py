"""The words around the rows: units, sentence frames, stand-alone replies. Both languages, from `phrases.yml`."""

from __future__ import annotations

from typing import Optional

from actions.rule_table.model import Part, Wording

# What the code asks for by name.
FRAMES = (
    "source_untitled",
    "source_guide",
    "source_later",
    "matrix",
    "source_matrix",
    "cited",
    "approximately",
    "undated",
    "supersedes",
    "refines",
    "differs",
    "agrees",
    "when_on",
    "when_by",
    "when_about",
    "when_unknown",
    "in_force",
    "in_force_undated",
    "guide_said",
    "nothing_newer",
    "interface_yes",
    "interface_no",
    "interface_apply",
    "interface_groups",
    "interface_group_yes",
    "interface_group_apply",
    "interface_group_no",
    "rate",
    "rate_unsure",
    "both",
    "comma",
    "semicolon",
    "comparison",
    "no_cell",
)
REPLIES = (
    "greet",
    "goodbye",
    "thank",
    "affirm",
    "deny",
    "ask_capabilities",
    "request_human",
    "out_of_scope",
    "third_language",
    "ask_back",
    "ask_back_open",
    "which_subject",
    "noted",
    "noted_nothing",
    "empty",
    "too_long",
    "no_answer_yet",
    "source_of",
    "failed",
)

# The places that the code fills in them.
PLACES = frozenset(
    (
        "kind",
        "title",
        "date",
        "when",
        "statement",
        "confidence",
        "source",
        "sources",
        "interface",
        "cases",
        "groups",
        "industry",
        "subject",
        "percent",
        "days",
        "first",
        "second",
        "case",
        "limit",
    )
)


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
