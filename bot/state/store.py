"""The store's interface, and the one way to change a value that others change too."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Optional, Protocol

from bot.errors import WenhaoError

DAY = 24 * 60 * 60

FORGOTTEN = "null"


class StoreError(WenhaoError):
    """The store can't be reached. Nothing was changed that the caller was told of."""


class Store(Protocol):
    """Values (texts) under keys, each with a life in seconds, and queues that name keys by a time.

    Every method is atomic over all processes that share the store, and raises StoreError where it can't be reached.
    Times are seconds since 1970.
    """

    async def get(self, key: str) -> Optional[str]:
        """Returns a value, or None where there is none or its life is over."""

    async def add(self, key: str, value: str, seconds: float) -> bool:
        """Keeps a value where there is none yet. Says whether it did."""

    async def put(self, key: str, value: str, seconds: float) -> None:
        """Keeps a value, whatever was there."""

    async def replace(self, key: str, old: str, new: str, seconds: float) -> bool:
        """Keeps a value in the place of an old one. Says whether it did: not where the old one is there no more."""

    async def remove(self, key: str) -> bool:
        """Forgets a value. Says whether there was one."""

    async def schedule(self, queue: str, key: str, at: float) -> None:
        """Puts a key into a queue, or moves it to another time."""

    async def unschedule(self, queue: str, key: str) -> bool:
        """Takes a key out of a queue. Says whether it was in it: of several that try, one did."""

    async def due(self, queue: str, now: float, limit: int = 100) -> list[str]:
        """Returns the keys of a queue whose time has come, the earliest first."""

    async def close(self) -> None:
        """Gives back what it holds open."""


Change = Callable[[Any], Any]


async def update(store: Store, key: str, change: Change, seconds: float = DAY) -> Any:
    """Changes a value kept as JSON, and returns what it is afterwards.

    `change` gets the value (None where there is none) and returns the new one (None to forget it). It may be called
    several times, as often as another process was faster, and must do nothing else.
    """
    while True:
        old = await store.get(key)
        value = change(None if old is None else json.loads(old))
        # Forgetting is a change too: removed without a look, what another process kept meanwhile would be lost.
        new, life = (json.dumps(value, ensure_ascii=False), seconds) if value is not None else (FORGOTTEN, 1)
        if new == old or (value is None and old is None):
            return value
        if await (store.add(key, new, life) if old is None else store.replace(key, old, new, life)):
            return value
