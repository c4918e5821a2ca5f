"""A store shared by processes: nothing is lost, and of several that claim something one gets it."""

from __future__ import annotations

from bot.state.store import Store
from tests.bot.state.stores import output_of, start_process

COUNT = """
import time
def add(value):
    time.sleep(0.0005)  # Leaves the others time to get in between.
    return (value or 0) + 1
async def main():
    for _ in range(200):
        await update(store, "count", add)
    await store.close()
asyncio.run(main())
"""
CLAIM = """
async def main():
    mine = [n for n in range(300) if await store.add(f"claim{n}", sys.argv[2], 60)]
    mine += [n for n in range(300) if await store.unschedule("queue", str(n))]
    await store.close()
    print(len(mine))
asyncio.run(main())
"""
WRITE_AND_DIE = """
import os
async def main():
    await store.put("a", "1", 60)
    await store.schedule("queue", "a", 1)
    os.kill(os.getpid(), 9)
asyncio.run(main())
"""


async def test_no_update_is_lost_between_processes(place: str, store: Store) -> None:
    processes = [start_process(place, COUNT) for _ in range(3)]
    for process in processes:
        output_of(process)
    assert await store.get("count") == "600"


async def test_of_several_processes_one_gets_it(place: str, store: Store) -> None:
    for n in range(300):
        await store.schedule("queue", str(n), n)
    processes = [start_process(place, CLAIM, str(owner)) for owner in range(3)]
    assert sum(int(output_of(process)) for process in processes) == 600


async def test_what_a_killed_process_wrote_is_there(place: str, store: Store) -> None:
    process = start_process(place, WRITE_AND_DIE)
    process.communicate(timeout=60)
    assert process.returncode == -9
    assert await store.get("a") == "1"
    assert await store.due("queue", 2) == ["a"]


async def test_processes_may_all_start_at_once(place: str) -> None:
    processes = [start_process(place, "asyncio.run(store.put('a', '1', 60))") for _ in range(6)]
    for process in processes:
        output_of(process)
