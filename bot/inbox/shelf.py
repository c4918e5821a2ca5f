"""Where the items stand: each under its key, and in a queue of those that somebody has still to look after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from bot.inbox.item import Item, State
from bot.state import Store

Change = Callable[[Item], Optional[Item]]


class Shelf:
    """The items of one inbox in a store. They are kept for `life` seconds, and for `done_life` once delivered."""

    def __init__(self, store: Store, name: str, life: float, done_life: float) -> None:
        self._store = store
        self._name = name
        self._life = life
        self._done_life = done_life

    async def add(self, item: Item, look_at: float) -> bool:
        """Puts a new item there. Says whether it is new. `look_at` is when to look after it."""
        # Queued first: killed in between, there is a key without an item in the queue, and no item that nobody finds.
        known = await self._store.get(self._place(item.key)) is not None
        if known:
            return False
        await self._store.schedule(self._queue, item.key, look_at)
        return await self._store.add(self._place(item.key), item.to_json(), self._life)

    async def get(self, key: str) -> Optional[Item]:
        """Returns an item, or None where there is none (any more)."""
        text = await self._store.get(self._place(key))
        return None if text is None else Item.from_json(text)

    async def change(self, key: str, change: Change) -> Optional[Item]:
        """Changes an item as it is at that moment. Returns the new one, or None where `change` does, or it is gone.

        `change` may be called several times, as often as another process was faster.
        """
        while True:
            old = await self._store.get(self._place(key))
            new = None if old is None else change(Item.from_json(old))
            if old is None or new is None:
                return None
            life = self._done_life if new.state is State.DELIVERED else self._life
            if await self._store.replace(self._place(key), old, new.to_json(), life):
                return new

    async def look_at(self, key: str, at: float) -> None:
        """Says when somebody has to look after an item."""
        await self._store.schedule(self._queue, key, at)

    async def is_done(self, key: str) -> None:
        """Says that nobody need look after an item any more."""
        await self._store.unschedule(self._queue, key)

    async def open_items(self, now: float) -> list[tuple[str, Optional[Item]]]:
        """Returns the keys and items that are to be looked after now."""
        return [(key, await self.get(key)) for key in await self._store.due(self._queue, now, limit=1000)]

    @property
    def _queue(self) -> str:
        return f"inbox:{self._name}"

    def _place(self, key: str) -> str:
        return f"inbox:{self._name}:{key}"


def taken(item: Item, step: State, owner: str, lease: float, now: float) -> Optional[Item]:
    """Returns an item with somebody at work on a step of it, or None where somebody else is, or the step is done."""
    before = {State.ANSWERING: State.SEEN, State.DELIVERING: State.ANSWERED}[step]
    if item.state not in (before, step) or not item.is_free(now):
        return None
    attempts = item.attempts + 1 if item.state is step else 1
    return item.to(step, owner=owner, lease=lease, attempts=attempts)
