"""How far an answer of several posts has gone out, so that a restart goes on where it stopped."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Optional

from bot.channels.slack.state.lives import WEEK
from bot.state import Store
from bot.state.store import update


@dataclass(frozen=True)
class Step:
    """One post of an answer: begun at a time (in seconds since 1970), and done once `ts` or `refused` is set."""

    begun: float
    ts: str = ""
    refused: str = ""

    @property
    def is_done(self) -> bool:
        return bool(self.ts or self.refused)


class Progress:
    """The steps of every answer in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def get(self, key: str, part: str) -> Optional[Step]:
        """Returns a step, or None where it was not begun."""
        text = await self._store.get(_place(key))
        step = None if text is None else json.loads(text).get(part)
        return None if step is None else Step(**step)

    async def put(self, key: str, part: str, step: Step) -> None:
        """Notes a step."""

        def change(kept: Optional[dict[str, Any]]) -> dict[str, Any]:
            return {**(kept or {}), part: asdict(step)}

        await update(self._store, _place(key), change, WEEK)


def _place(key: str) -> str:
    return f"slack:sent:{key}"
