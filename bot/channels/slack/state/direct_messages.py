"""The channel of each person's direct messages with Wenhao, as Slack tells it when they open the app."""

from __future__ import annotations

from typing import Optional

from bot.channels.slack.state.lives import YEARS
from bot.state import Store


class DirectMessages:
    """The channels in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def note(self, team: str, user: str, channel: str) -> None:
        """Keeps a person's channel."""
        if await self.channel(team, user) != channel:
            await self._store.put(_key(team, user), channel, YEARS)

    async def channel(self, team: str, user: str) -> Optional[str]:
        """Returns a person's channel, or None where they never opened the app."""
        return await self._store.get(_key(team, user))


def _key(team: str, user: str) -> str:
    return f"slack:direct:{team}:{user}"
