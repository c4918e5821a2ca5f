"""The room of the inbox: so many at a time, in their order, and the rest of the process first."""

from __future__ import annotations

import asyncio

import pytest

from bot.inbox.room import PRESSED, TOO_LONG, TRICKLE, Room


async def test_no_more_than_there_are_places_work_at_a_time() -> None:
    room, at_work, most = Room(3), 0, 0

    async def work() -> None:
        nonlocal at_work, most
        async with room:
            at_work += 1
            most = max(most, at_work)
            await asyncio.sleep(0.001)
            at_work -= 1

    await asyncio.gather(*(work() for _ in range(20)))

    assert most == 3


async def test_who_comes_first_is_let_in_first() -> None:
    room, order = Room(1), []

    async def work(name: int) -> None:
        async with room:
            order.append(name)
            if name < 5:
                # A newcomer finds the room full, and later others before it.
                tasks.append(asyncio.ensure_future(work(name + 10)))

    tasks = [asyncio.ensure_future(work(name)) for name in range(5)]
    while not all(task.done() for task in tasks):
        await asyncio.gather(*tasks)

    assert order == [0, 1, 2, 3, 4, 10, 11, 12, 13, 14]


async def test_the_rest_of_the_process_comes_first() -> None:
    room, rounds, seen = Room(2), 0, []

    async def work() -> None:
        async with room:
            # Never waits, as understanding a message does.
            seen.append(rounds)

    async def request() -> None:
        nonlocal rounds
        while len(seen) < 10:
            await asyncio.sleep(0)
            rounds += 1

    await asyncio.gather(*(work() for _ in range(10)), request())

    assert all(later - earlier >= 30 for earlier, later in zip(seen, seen[2:], strict=False))


@pytest.mark.parametrize("rounds_before", [0, 1, 5, 200])
async def test_whoever_is_called_off_leaves_its_place_to_others(rounds_before: int) -> None:
    room = Room(1)

    async def stay() -> None:
        async with room:
            await asyncio.sleep(60)

    first, second = asyncio.ensure_future(stay()), asyncio.ensure_future(stay())
    for _ in range(rounds_before):
        await asyncio.sleep(0)
    for task in (first, second):
        task.cancel()
    await asyncio.gather(first, second, return_exceptions=True)

    async def enter() -> None:
        async with room:
            return

    await asyncio.wait_for(enter(), 1)


async def test_a_place_given_to_one_who_is_called_off_goes_to_the_next() -> None:
    room = Room(1)
    entered = []

    async def enter(name: str) -> None:
        async with room:
            entered.append(name)

    async with room:
        late, last = asyncio.ensure_future(enter("late")), asyncio.ensure_future(enter("last"))
        await asyncio.sleep(0)
    # The place is given to the first of them now, which is called off before it can take it.
    late.cancel()
    await asyncio.wait_for(last, 1)

    assert entered == ["last"]


async def test_under_pressure_work_waits_until_requests_are_taken_in() -> None:
    room, begun = Room(2), []
    clock = asyncio.get_running_loop().time

    async def work() -> None:
        async with room:
            begun.append(clock())

    await asyncio.gather(*(work() for _ in range(2)))
    room.notice_wait(TOO_LONG - 0.1)
    pressed = clock()
    room.notice_wait(TOO_LONG + 0.1)
    await asyncio.gather(*(work() for _ in range(6)))

    within = [at for at in begun[2:] if at < pressed + PRESSED]
    assert 1 <= len(within) <= PRESSED / TRICKLE + 2
    assert len(begun) == 8


async def test_pressure_that_never_ends_lets_something_in_all_the_same() -> None:
    room = Room(1)

    async def press() -> None:
        while True:
            room.notice_wait(TOO_LONG + 0.1)
            await asyncio.sleep(0.01)

    pressing = asyncio.ensure_future(press())
    for _ in range(3):
        async with room:
            pass
    pressing.cancel()
