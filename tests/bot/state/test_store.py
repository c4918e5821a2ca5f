"""What both stores promise, one after the other over a SQLite file and a real Redis."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.state.store import Store, update
from tests.bot.state.stores import OpenStore

TEXT = 'naïve "问号" \U0001f600 \n\0 end'
LONG = 3600.0
SHORT = 0.15


async def pass_(seconds: float = SHORT + 0.1) -> None:
    await asyncio.sleep(seconds)


async def test_nothing_is_there_at_first(store: Store) -> None:
    assert await store.get("a") is None
    assert not await store.remove("a")
    assert await store.due("queue", 1e12) == []


async def test_a_value_comes_back_as_it_was(store: Store) -> None:
    await store.put(TEXT, TEXT, LONG)
    assert await store.get(TEXT) == TEXT


async def test_put_takes_the_place_of_a_value_and_of_its_life(store: Store) -> None:
    await store.put("a", "1", SHORT)
    await store.put("a", "2", LONG)
    await pass_()
    assert await store.get("a") == "2"


async def test_a_value_lives_as_long_as_was_said(store: Store) -> None:
    await store.put("a", "1", SHORT)
    assert await store.get("a") == "1"
    await pass_()
    assert await store.get("a") is None
    assert not await store.remove("a")


async def test_add_keeps_only_where_there_is_none(store: Store) -> None:
    assert await store.add("a", "1", LONG)
    assert not await store.add("a", "2", LONG)
    assert await store.get("a") == "1"


async def test_add_counts_a_value_whose_life_is_over_for_none(store: Store) -> None:
    assert await store.add("a", "1", SHORT)
    await pass_()
    assert await store.add("a", "2", SHORT)
    assert await store.get("a") == "2"
    await pass_()
    assert await store.get("a") is None


async def test_replace_wants_the_old_value(store: Store) -> None:
    assert not await store.replace("a", "1", "2", LONG)
    await store.put("a", "1", LONG)
    assert not await store.replace("a", "0", "2", LONG)
    assert await store.get("a") == "1"
    assert await store.replace("a", "1", "2", LONG)
    assert await store.get("a") == "2"


async def test_replace_gives_a_new_life(store: Store) -> None:
    await store.put("a", "1", SHORT)
    assert await store.replace("a", "1", "1", LONG)
    await store.put("b", "1", LONG)
    assert await store.replace("b", "1", "1", SHORT)
    await pass_()
    assert (await store.get("a"), await store.get("b")) == ("1", None)


async def test_replace_counts_a_value_whose_life_is_over_for_none(store: Store) -> None:
    await store.put("a", "1", SHORT)
    await pass_()
    assert not await store.replace("a", "1", "2", LONG)
    assert await store.get("a") is None


async def test_the_shortest_life_is_still_one(store: Store) -> None:
    await store.put("a", "1", LONG)
    assert await store.replace("a", "1", "1", 0.0001)
    await pass_(0.02)
    assert await store.get("a") is None


async def test_remove_forgets(store: Store) -> None:
    await store.put("a", "1", LONG)
    await store.put("ab", "1", LONG)
    assert await store.remove("a")
    assert not await store.remove("a")
    assert (await store.get("a"), await store.get("ab")) == (None, "1")


async def test_a_queue_gives_what_is_due_the_earliest_first(store: Store) -> None:
    for key, at in (("late", 300.5), ("early", 100.25), ("middle", 200.0)):
        await store.schedule("queue", key, at)
    assert await store.due("queue", 100.2) == []
    assert await store.due("queue", 200.0) == ["early", "middle"]
    assert await store.due("queue", 1000, limit=1) == ["early"]
    assert await store.due("queue", 1000) == ["early", "middle", "late"]
    assert await store.due("other", 1000) == []


async def test_times_keep_their_parts_of_a_second(store: Store) -> None:
    await store.schedule("queue", "a", 1790000000.123456)
    assert await store.due("queue", 1790000000.123455) == []
    assert await store.due("queue", 1790000000.123457) == ["a"]


async def test_a_key_is_moved_to_another_time(store: Store) -> None:
    await store.schedule("queue", "a", 100)
    await store.schedule("queue", "b", 150)
    await store.schedule("queue", "a", 200)
    assert await store.due("queue", 199) == ["b"]
    assert await store.due("queue", 200) == ["b", "a"]


async def test_a_key_is_taken_out_once(store: Store) -> None:
    await store.schedule("queue", "a", 100)
    assert await store.unschedule("queue", "a")
    assert not await store.unschedule("queue", "a")
    assert await store.due("queue", 1000) == []


async def test_queues_and_values_do_not_meet(store: Store) -> None:
    await store.put("a", "1", LONG)
    await store.schedule("queue", "a", 100)
    assert await store.unschedule("queue", "a")
    assert await store.get("a") == "1"


async def test_connections_share_what_is_there(open_store: OpenStore) -> None:
    one, other = open_store(), open_store()
    await one.put("a", "1", LONG)
    await one.schedule("queue", "a", 100)
    assert await other.get("a") == "1"
    assert not await other.add("a", "2", LONG)
    assert await other.unschedule("queue", "a")
    assert not await one.unschedule("queue", "a")


async def test_update_makes_changes_and_forgets(store: Store) -> None:
    def append(value: Any) -> list[str]:
        return [*(value or []), "问"]

    assert await update(store, "a", append) == ["问"]
    assert await update(store, "a", append) == ["问", "问"]
    assert await update(store, "a", lambda value: value) == ["问", "问"]
    assert await update(store, "a", lambda _: None) is None
    assert await update(store, "a", lambda value: value) is None
    assert await update(store, "a", append) == ["问"]


async def test_update_says_how_long_a_value_lives(store: Store) -> None:
    await update(store, "a", lambda _: 1, SHORT)
    await pass_()
    assert await update(store, "a", lambda value: value) is None


async def test_update_does_not_write_what_is_the_same(store: Store) -> None:
    await update(store, "a", lambda _: 1, SHORT)
    await update(store, "a", lambda value: value, LONG)
    await pass_()
    assert await store.get("a") is None


async def test_no_update_is_lost_between_connections(open_store: OpenStore) -> None:
    stores = [open_store() for _ in range(4)]

    async def count(store: Store) -> None:
        for _ in range(25):
            await update(store, "count", lambda value: (value or 0) + 1)
            await asyncio.sleep(0)

    await asyncio.gather(*(count(store) for store in stores))
    assert await stores[0].get("count") == "100"


async def test_an_update_that_forgets_does_not_lose_what_another_keeps(open_store: OpenStore) -> None:
    one, other = open_store(), open_store()
    await one.put("a", "1", LONG)
    calls = []

    def forget(value: Any) -> Any:
        calls.append(value)
        return None if value == 1 else value

    class Between:
        """A store where another one is faster."""

        get = one.get

        @staticmethod
        async def replace(key: str, old: str, new: str, seconds: float) -> bool:
            if len(calls) == 1:
                await other.put("a", "2", LONG)
            return await one.replace(key, old, new, seconds)

    between: Any = Between()
    assert await update(between, "a", forget) == 2
    assert (calls, await one.get("a")) == ([1, 2], "2")
