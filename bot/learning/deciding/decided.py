"""What a decision is about, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Optional

Seen = Mapping[int, int]
"""The texts that a decision is about: the id of each, and the version in which the reviewer saw it."""


@dataclass(frozen=True)
class Decided:
    """A decision that was taken: the batch by which it is undone, and the new version of each text that it changed.

    `group` is the group that was made, or that took others in; `draft` the draft that was made or changed.
    """

    batch: str
    texts: Mapping[int, int]
    group: Optional[int] = None
    draft: Optional[int] = None


@dataclass(frozen=True)
class Batch:
    """Something that was done at once: who did what, when, to how many things, and whether it was taken back.

    `intents` are those that texts were accepted into. `undone_by` is the batch that took it back, `undoes` the one that
    it took back itself.
    """

    batch: str
    at: float
    who: str
    kind: str
    texts: int
    others: int
    intents: tuple[str, ...] = ()
    undoes: Optional[str] = None
    undone_by: Optional[str] = None
