"""The threads in which Wenhao takes part, and which conversation goes on in each."""

from __future__ import annotations

from typing import Optional

from bot.channels.slack.state.lives import MONTH
from bot.state import Store


class Threads:
    """The threads of every channel in the store; each is kept for a month after the last answer in it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def join(self, team: str, channel: str, thread: str, conversation: str) -> None:
        """Notes that Wenhao takes part in a thread."""
        await self._store.put(_key(team, channel, thread), conversation, MONTH)

    async def conversation(self, team: str, channel: str, thread: str) -> Optional[str]:
        """Returns the conversation in a thread, or None where Wenhao takes no part in it."""
        return await self._store.get(_key(team, channel, thread))


def _key(team: str, channel: str, thread: str) -> str:
    return f"slack:thread:{team}:{channel}:{thread}"
