"""The language that a person chose in the Home tab."""

from __future__ import annotations

import re
from typing import Optional

from bot.channels.slack.state.lives import YEARS
from bot.state import Store

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


class Languages:
    """The choices of every person in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def chosen(self, team: str, user: str) -> Optional[str]:
        """Returns a person's choice: zh, en, or None."""
        return await self._store.get(_key(team, user))

    async def choose(self, team: str, user: str, language: Optional[str]) -> None:
        """Keeps a person's choice, or forgets it."""
        if language:
            await self._store.put(_key(team, user), language, YEARS)
        else:
            await self._store.remove(_key(team, user))


def language_of(text: str) -> str:
    """Returns the language of a text as far as its letters alone tell it."""
    return "zh" if HAN.search(text) else "en"


def _key(team: str, user: str) -> str:
    return f"slack:language:{team}:{user}"
