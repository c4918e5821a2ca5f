"""The durable inbox: one answer a message, over repeats, restarts and processes."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Optional

import pytest
import pytest_asyncio
from redis import Redis

from bot.inbox import Inbox, Item, State
from bot.inbox import inbox as inbox_module
from bot.state import Store, StoreError
from bot.state.redis_store import RedisStore
from bot.state.sqlite_store import SqliteStore

Data = dict[str, Any]
Work = Callable[[Item], Awaitable[Data]]
_databases = itertools.count()


class Platform:
    """What one process does with the messages of an inbox, and what it did."""

    def __init__(self, store: Store, work: Optional[Work] = None, patience: float = 0.0) -> None:
        self.worked: list[str] = []
        self.delivered: list[tuple[str, Any]] = []
        self.attempts: list[int] = []
        self.fails = 0
        self._work = work or self._echo
        self.inbox = Inbox(store, "platform", self._answer, self._deliver, lambda item: {"text": "sorry"}, patience)

    async def _answer(self, item: Item) -> Data:
        self.worked.append(item.key)
        return await self._work(item)

    async def _echo(self, item: Item) -> Data:
        return {"text": f"You said {item.message['text']}"}

    async def _deliver(self, item: Item) -> str:
        self.attempts.append(item.attempts)
        if self.fails:
            self.fails -= 1
            raise RuntimeError("the platform is down")
        self.delivered.append((item.key, (item.answer or {})["text"]))
        return "sent"

    async def receive(self, key: str = "1", text: str = "hi") -> Item:
        return await self.inbox.receive(key, {"text": text})


Open = Callable[..., Awaitable[Platform]]


@pytest.fixture(params=["sqlite", "redis"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Opens the same store anew, as each process does."""
    if request.param == "sqlite":
        return lambda: SqliteStore(tmp_path / "state.db")
    # Each test has a database of its own in it.
    url = f"{request.getfixturevalue('redis_url').rsplit('/', 1)[0]}/{next(_databases) % 16}"
    Redis.from_url(url).flushdb()
    return lambda: RedisStore(url)


@pytest_asyncio.fixture
async def open_(make_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Open]:
    """Starts a process, as far as an inbox can tell. Its times are a twentieth as long as they are in earnest."""
    for name, seconds in (("LEASE", 0.3), ("HEARTBEAT", 0.05), ("POLL", 0.01)):
        monkeypatch.setattr(inbox_module, name, seconds)
    async with AsyncExitStack() as stack:

        async def start(work: Optional[Work] = None, patience: float = 0.0) -> Platform:
            store = make_store()
            stack.push_async_callback(store.close)
            platform = Platform(store, work, patience)
            await platform.inbox.start()
            stack.push_async_callback(platform.inbox.stop)
            return platform

        yield start


async def until(holds: Callable[[], bool], seconds: float = 5) -> None:
    """Waits until something holds."""
    for _ in range(int(seconds / 0.01)):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to that")


async def test_a_message_is_answered_and_delivered(open_: Open) -> None:
    platform = await open_()
    assert (await platform.receive()).state is State.SEEN
    await until(lambda: platform.delivered == [("1", "You said hi")])


async def test_repeats_are_answered_once(open_: Open) -> None:
    platform = await open_()
    items = [await platform.receive() for _ in range(3)]
    assert [item.tries for item in items] == [1, 2, 3]
    await asyncio.gather(*[platform.receive() for _ in range(20)])
    await until(lambda: bool(platform.delivered))
    assert (await platform.receive()).tries == 24
    await asyncio.sleep(0.5)
    assert (platform.worked, len(platform.delivered)) == (["1"], 1)


async def test_two_messages_get_two_answers(open_: Open) -> None:
    platform = await open_()
    await asyncio.gather(platform.receive("1", "a"), platform.receive("2", "b"))
    await until(lambda: len(platform.delivered) == 2)
    assert sorted(platform.delivered) == [("1", "You said a"), ("2", "You said b")]


async def test_two_processes_answer_a_message_once(open_: Open) -> None:
    processes = [await open_(), await open_()]
    for number in range(20):
        await asyncio.gather(*[process.receive(str(number)) for process in processes for _ in range(2)])
    await until(lambda: sum(len(process.delivered) for process in processes) == 20)
    await asyncio.sleep(0.5)
    worked = [key for process in processes for key in process.worked]
    assert sorted(worked, key=int) == [str(number) for number in range(20)]


async def test_who_waits_gets_the_answer_in_time(open_: Open) -> None:
    async def slow(item: Item) -> Data:
        await asyncio.sleep(0.2)
        return {"text": "at last"}

    platform = await open_(slow, patience=60)
    await platform.receive()
    assert await platform.inbox.answer("1", 0.05) is None
    item = await platform.inbox.answer("1", 2)
    assert item and item.answer == {"text": "at last"}


async def test_a_process_waits_for_what_another_one_works_on(open_: Open) -> None:
    async def slow(item: Item) -> Data:
        await asyncio.sleep(0.5)
        return {"text": "at last"}

    first, second = await open_(slow, patience=60), await open_(slow, patience=60)
    await first.receive()
    await until(lambda: bool(first.worked))
    await second.receive()
    item = await second.inbox.answer("1", 2)
    assert item and item.answer == {"text": "at last"}
    assert (first.worked, second.worked) == (["1"], []), "work that takes longer than a lease is still that process's"


async def test_an_answer_is_handed_over_by_one_way_only(open_: Open) -> None:
    platform = await open_(patience=0.2)
    await platform.receive("taken")
    await platform.inbox.answer("taken", 1)
    handed = await platform.inbox.hand_over("taken", "passive")
    again = await platform.inbox.hand_over("taken", "passive")
    assert handed and again and handed.answer == again.answer == {"text": "You said hi"}
    assert handed.message == {}, "what was answered need not be kept"
    await platform.receive("left")
    await until(lambda: platform.delivered == [("left", "You said hi")])
    assert await platform.inbox.hand_over("left", "passive") is None


async def test_an_answer_that_nobody_takes_is_delivered_when_patience_ends(open_: Open) -> None:
    platform = await open_(patience=0.3)
    await platform.receive()
    await platform.inbox.answer("1", 1)
    await asyncio.sleep(0.1)
    assert not platform.delivered
    await until(lambda: bool(platform.delivered))


async def test_what_a_dead_process_left_is_done_by_the_next(open_: Open) -> None:
    async def forever(item: Item) -> Data:
        await asyncio.sleep(60)
        return {}

    dead = await open_(forever)
    await dead.receive()
    await until(lambda: bool(dead.worked))
    _kill(dead)
    alive = await open_()
    await until(lambda: alive.delivered == [("1", "You said hi")])


async def test_a_message_that_was_only_seen_is_answered_by_the_next(open_: Open) -> None:
    dead = await open_()
    dead.inbox._begin = lambda key, step: step.close()  # type: ignore[method-assign]
    await dead.receive()
    _kill(dead)
    alive = await open_()
    await until(lambda: alive.delivered == [("1", "You said hi")])


async def test_a_process_that_stops_in_order_leaves_its_work_at_once(open_: Open) -> None:
    async def forever(item: Item) -> Data:
        await asyncio.sleep(60)
        return {}

    stopping = await open_(forever)
    await stopping.receive()
    await until(lambda: bool(stopping.worked))
    await stopping.inbox.stop()
    alive = await open_()
    item = await alive.receive()
    assert item.is_free(0.0)
    await until(lambda: bool(alive.delivered))


async def test_work_that_is_cut_off_again_and_again_ends_with_an_apology(
    open_: Open, caplog: pytest.LogCaptureFixture
) -> None:
    async def forever(item: Item) -> Data:
        await asyncio.sleep(60)
        return {}

    for _ in range(3):
        dead = await open_(forever)
        await dead.receive()
        await until(lambda dead=dead: bool(dead.worked))  # type: ignore[misc]
        _kill(dead)
        await asyncio.sleep(0.3)
    alive = await open_(forever)
    await until(lambda: alive.delivered == [("1", "sorry")])
    assert "cut off 3 times" in caplog.text


async def test_a_failure_is_logged_and_apologised_for(open_: Open, caplog: pytest.LogCaptureFixture) -> None:
    async def fail(item: Item) -> Data:
        raise RuntimeError("the action server is down")

    platform = await open_(fail)
    await platform.receive(text="a private word")
    await until(lambda: platform.delivered == [("1", "sorry")])
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.exc_info and "action server is down" in str(record.exc_info[1])
    assert "private" not in caplog.text


async def test_a_delivery_that_fails_is_tried_again_and_told_so(open_: Open) -> None:
    platform = await open_()
    platform.fails = 2
    await platform.receive()
    await until(lambda: bool(platform.delivered), 10)
    assert platform.attempts == [1, 2, 3]


async def test_a_delivery_that_was_cut_off_is_taken_up_and_told_so(open_: Open) -> None:
    dead = await open_()

    async def hang(item: Item) -> str:
        await asyncio.sleep(60)
        return ""

    dead.inbox._deliver = hang
    await dead.receive()
    await asyncio.sleep(0.1)
    _kill(dead)
    alive = await open_()
    await until(lambda: bool(alive.delivered))
    assert (alive.worked, alive.attempts) == ([], [2])


async def test_a_store_that_is_away_takes_nothing(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "state.db")
    platform = Platform(store)
    await store.close()
    with pytest.raises(StoreError):
        await platform.receive()


def _kill(platform: Platform) -> None:
    """Ends a process as kill -9 does: nothing is tidied up."""
    inbox = platform.inbox
    for task in [*inbox._busy.values(), inbox._keeper]:
        assert task is not None
        task.cancel()
    inbox._held.clear()


async def test_a_keeper_survives_what_it_can_not_read(open_: Open, caplog: pytest.LogCaptureFixture) -> None:
    platform = await open_(patience=0.3)
    shelf = platform.inbox._shelf
    await shelf._store.put(shelf._place("broken"), "{}", 60)
    await shelf.look_at("broken", 0.0)
    await until(lambda: "can't be looked after" in caplog.text)
    await shelf.is_done("broken")
    await platform.receive()
    await until(lambda: platform.delivered == [("1", "You said hi")])


async def test_what_is_done_is_forgotten_before_what_is_not(open_: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "DONE_LIFE", 0.3)
    platform = await open_()
    await platform.receive()
    await until(lambda: bool(platform.delivered))
    assert (await platform.receive()).tries == 2
    await asyncio.sleep(0.5)
    assert (await platform.receive()).tries == 1, "it is a new message by then"


async def test_a_cancellation_that_gets_lost_does_not_keep_it_from_stopping(
    open_: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = await open_()

    async def lose_it(now: float) -> list[Any]:
        monkeypatch.undo()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        return []

    monkeypatch.setattr(platform.inbox._shelf, "open_items", lose_it)
    await asyncio.sleep(0.2)
    await asyncio.wait_for(platform.inbox.stop(), 5)
