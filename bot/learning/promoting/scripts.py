"""Conversations to be asked of a model, and what it gave, as plain data that processes hand each other."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Iterator, Optional, Sequence

from bot.evaluation.cases import Case

Answer = dict[str, Any]


@dataclass(frozen=True)
class Script:
    """The messages of a conversation, and the time that they are asked for."""

    turns: tuple[str, ...]
    as_of: Optional[str] = None

    @property
    def key(self) -> str:
        """What the conversation is recognised by."""
        return hashlib.sha256(json.dumps([self.as_of, *self.turns]).encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Place:
    """Where the answer to a case stands: the turn of a script."""

    script: Script
    turn: int


def places_of(cases: Sequence[Case]) -> list[Place]:
    """Returns where each case is answered. The turns of a dialogue follow each other, and are one script."""
    found: list[Place] = []
    for group in _conversations(cases):
        first = group[0].expects
        before = first.before if first else ()
        script = Script((*before, *(case.text for case in group)), first.as_of if first else None)
        found += [Place(script, len(before) + turn) for turn in range(len(group))]
    return found


def _conversations(cases: Sequence[Case]) -> Iterator[list[Case]]:
    group: list[Case] = []
    for case in cases:
        if group and not case.earlier:
            yield group
            group = []
        group.append(case)
    if group:
        yield group
