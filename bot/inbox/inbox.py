"""The inbox of a channel: takes messages in, has each answered once, and sees to it that the answer goes out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any, Optional

from bot.inbox.item import Item, State
from bot.inbox.room import Room
from bot.inbox.shelf import Shelf, taken
from bot.state import Store, StoreError

logger = logging.getLogger(__name__)

Data = dict[str, Any]

LIFE = 7 * 24 * 60 * 60.0
"""How long a message waits for its answer to go out, in seconds."""

DONE_LIFE = 24 * 60 * 60.0
"""How long after that a repeat of it is known for one. Platforms repeat within an hour."""

LEASE = 6.0
HEARTBEAT = 1.5
"""A process that has not been heard of for LEASE seconds is dead, and another one goes on with its work."""

MOST_ATTEMPTS = 3
POLL = 0.2
STOP = 0.5


class Inbox:
    """Messages in, answers out; the channel says how.

    `work` answers a message, `deliver` hands an answer over where the channel did not itself take it in time, and
    returns in which way it did; `patience` are the seconds from a message's first delivery until `deliver` is called
    (0: at once). `apology` is the answer where `work` raises, or was cut off three times. Both get the item, whose
    `attempts` tells whether the step was begun before.
    """

    def __init__(
        self,
        store: Store,
        name: str,
        work: Callable[[Item], Awaitable[Data]],
        deliver: Callable[[Item], Awaitable[str]],
        apology: Callable[[Item], Data],
        patience: float = 0.0,
        workers: int = 8,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._shelf = Shelf(store, name, LIFE, DONE_LIFE)
        self._name = name
        self._work = work
        self._deliver = deliver
        self._apology = apology
        self._patience = patience
        self._clock = clock
        self._owner = secrets.token_hex(8)
        self._room = Room(workers)
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._held: set[str] = set()
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._keeper: Optional[asyncio.Task[None]] = None

    async def start(self) -> None:
        """Takes up what another process left, and looks after it from now on. Call it in the server's event loop."""
        self._keeper = asyncio.ensure_future(self._keep())

    async def stop(self) -> None:
        """Lets go of everything. What is not done stays in the store, for whoever starts next."""
        held = list(self._held)
        left = tasks = {*self._busy.values(), *([self._keeper] if self._keeper else [])}
        while left:
            # More than once: a cancellation that comes in the moment of a result can get lost on the way.
            for task in left:
                task.cancel()
            _, left = await asyncio.wait(left, timeout=STOP)
        await asyncio.gather(*tasks, return_exceptions=True)
        for key in held:
            await self._shelf.change(key, lambda item: self._leased(item, 0.0))

    def notice_wait(self, seconds: float) -> None:
        """Hears for how long a delivery lay before it was read; too long, and work waits until others are read."""
        self._room.notice_wait(seconds)

    async def receive(self, key: str, message: Data) -> Item:
        """Takes one delivery of a message. Returns its item; the first delivery starts the work. Does not wait for it.

        Once this returns the message is not lost any more. Raises StoreError.
        """
        now = self._clock()
        item = Item(key, message, since=now)
        if not await self._shelf.add(item, look_at=now + LEASE):
            known = await self._shelf.change(key, lambda item: replace(item, tries=item.tries + 1))
            if known is None:
                # It was forgotten in this very moment.
                return await self.receive(key, message)
            item = known
        if not item.state.has_answer and item.is_free(now):
            self._begin(key, self._answer(key))
        return item

    async def answer(self, key: str, seconds: float) -> Optional[Item]:
        """Returns an item as soon as it has an answer, or None where it has none after so many seconds."""
        deadline = self._clock() + seconds
        woken = asyncio.Event()
        self._waiting.setdefault(key, set()).add(woken)
        try:
            while True:
                item = await self._shelf.get(key)
                if item is not None and item.state.has_answer:
                    return item
                left = deadline - self._clock()
                if left <= 0:
                    return None
                # Another process may be at work on it, and tells nobody but the store.
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(woken.wait(), left if key in self._busy else min(left, POLL))
        finally:
            self._waiting[key].discard(woken)
            if not self._waiting[key]:
                del self._waiting[key]

    async def hand_over(self, key: str, way: str) -> Optional[Item]:
        """Marks an answer as delivered, by the one who asks. Returns its item, or None where it went another way."""
        item = await self._shelf.change(key, lambda item: _handed_over(item, way))
        if item is not None:
            await self._shelf.is_done(key)
        return item

    def _begin(self, key: str, step: Coroutine[Any, Any, None]) -> None:
        if key in self._busy:
            step.close()
            return
        task = self._busy[key] = asyncio.ensure_future(step)
        task.add_done_callback(lambda _: self._ended(key))

    def _ended(self, key: str) -> None:
        del self._busy[key]
        self._held.discard(key)
        self._wake(key)

    def _wake(self, key: str) -> None:
        for woken in self._waiting.get(key, ()):
            woken.set()

    async def _answer(self, key: str) -> None:
        async with self._room:
            item = await self._take(key, State.ANSWERING)
            if item is None:
                return
            answer = await self._answered(item)
            item = await self._finish(key, State.ANSWERED, answer=answer)
            self._wake(key)
        if item is not None:
            await self._shelf.look_at(key, item.since + self._patience)
            if item.since + self._patience <= self._clock():
                await self._send(key)

    async def _answered(self, item: Item) -> Data:
        if item.attempts > MOST_ATTEMPTS:
            logger.error("Work on a message in the inbox of %s was cut off %d times.", self._name, MOST_ATTEMPTS)
            return self._apology(item)
        try:
            return await self._work(item)
        except Exception:
            logger.exception("A message in the inbox of %s could not be answered.", self._name)
            return self._apology(item)

    async def _send(self, key: str) -> None:
        item = await self._take(key, State.DELIVERING)
        if item is None:
            return
        try:
            way = await self._deliver(item)
        except Exception:
            # Stays in the queue, and is tried again.
            logger.exception("An answer in the inbox of %s could not be delivered.", self._name)
            await self._shelf.look_at(key, self._clock() + LEASE * 2 ** min(item.attempts, 8))
            return
        await self._finish(key, State.DELIVERED, way=way, message={})
        await self._shelf.is_done(key)

    async def _take(self, key: str, step: State) -> Optional[Item]:
        def change(item: Item) -> Optional[Item]:
            now = self._clock()
            return taken(item, step, self._owner, now + LEASE, now)

        item = await self._shelf.change(key, change)
        if item is not None:
            self._held.add(key)
            await self._shelf.look_at(key, item.lease)
        return item

    async def _finish(self, key: str, state: State, **changes: Any) -> Optional[Item]:
        self._held.discard(key)
        return await self._shelf.change(
            key, lambda item: item.to(state, **changes) if item.owner == self._owner else None
        )

    async def _keep(self) -> None:
        while True:
            try:
                await self._renew()
                await self._look_after()
            except StoreError as error:
                logger.error("The inbox of %s can't be looked after: %s", self._name, error)
            except Exception:
                # Who stopped here would let all work of this process look abandoned.
                logger.exception("The inbox of %s can't be looked after.", self._name)
            await asyncio.sleep(HEARTBEAT)

    async def _renew(self) -> None:
        """Says of everything this process works on that it still does."""
        until = self._clock() + LEASE
        for key in list(self._held):
            if await self._shelf.change(key, lambda item: self._leased(item, until)):
                await self._shelf.look_at(key, until)

    def _leased(self, item: Item, until: float) -> Optional[Item]:
        return replace(item, lease=until) if item.owner == self._owner else None

    async def _look_after(self) -> None:
        now = self._clock()
        for key, item in await self._shelf.open_items(now):
            if key in self._busy:
                # It waits for its turn here; should this process die, another finds it then.
                await self._shelf.look_at(key, now + 5 * LEASE)
            elif item is None or item.state is State.DELIVERED:
                await self._shelf.is_done(key)
            elif not item.is_free(now):
                await self._shelf.look_at(key, item.lease)
            elif item.state.has_answer:
                self._begin(key, self._send(key))
            else:
                self._begin(key, self._answer(key))


def _handed_over(item: Item, way: str) -> Optional[Item]:
    if item.state is State.DELIVERED:
        return item if item.way == way else None
    # The message itself is not needed any more, and may be private.
    return item.to(State.DELIVERED, way=way, message={}) if item.state is State.ANSWERED else None
