"""What followers left for the people of the account, where none of them could take over at once."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from bot.state import Store
from bot.state.store import DAY

LIFE = 365 * DAY
QUEUE = "wechat:left"
MOST_SHOWN = 1000


@dataclass(frozen=True)
class LeftMessage:
    """One message. `at` is in seconds since 1970."""

    id: str
    account: str
    follower: str
    text: str
    at: float


class LeftMessages:
    """The messages in a store, until somebody is done with them."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock

    async def leave(self, account: str, follower: str, text: str, key: str) -> None:
        """Keeps a message, once for the `key` of what it was left with."""
        number = hashlib.sha256(key.encode()).hexdigest()[:8]
        message = LeftMessage(number, account, follower, text, self._clock())
        # Queued first: a number without a message is passed over, a message without a number would never be seen.
        await self._store.schedule(QUEUE, number, message.at)
        await self._store.add(_place(number), json.dumps(asdict(message), ensure_ascii=False), LIFE)

    async def all(self) -> list[LeftMessage]:
        """Returns the messages that nobody is done with, the oldest first, and at most a thousand."""
        numbers = await self._store.due(QUEUE, self._clock(), MOST_SHOWN)
        kept = [await self._store.get(_place(number)) for number in numbers]
        return [LeftMessage(**json.loads(text)) for text in kept if text]

    async def done(self, message_id: str) -> bool:
        """Forgets a message. Says whether it was there."""
        await self._store.remove(_place(message_id))
        return await self._store.unschedule(QUEUE, message_id)


def _place(number: str) -> str:
    return f"{QUEUE}:{number}"
