"""What was said last in a conversation, for the person who takes over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Optional

from bot.channels.slack.state.lives import WEEK
from bot.state import Store
from bot.state.store import update

MOST_TURNS = 20
MOST_CHARACTERS = 1500


@dataclass(frozen=True)
class Turn:
    """One thing said: `who` is person or wenhao, `about` the key of the message it belongs to."""

    who: str
    text: str
    about: str


class Transcripts:
    """The last turns of every conversation in the store, each cut to a length that can be read over."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add(self, conversation: str, *turns: Turn) -> None:
        """Notes what was said; what is noted of the same message already is replaced."""
        about = {turn.about for turn in turns}

        def change(kept: Optional[list[dict[str, Any]]]) -> list[dict[str, Any]]:
            others = [turn for turn in kept or [] if turn["about"] not in about]
            new = [asdict(turn) | {"text": turn.text[:MOST_CHARACTERS]} for turn in turns]
            return [*others, *new][-MOST_TURNS:]

        await update(self._store, _key(conversation), change, WEEK)

    async def read(self, conversation: str) -> Sequence[Turn]:
        """Returns the last turns, the earliest first."""
        text = await self._store.get(_key(conversation))
        return [] if text is None else [Turn(**turn) for turn in json.loads(text)]


def _key(conversation: str) -> str:
    return f"slack:transcript:{conversation}"
