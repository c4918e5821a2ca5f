"""How many messages a follower may still be sent."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Union

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.api.errors import UnknownOutcomeError, UnreachableError, to_refusal
from bot.channels.wechat.api.ledger import GRANTS, Ledger, Trigger
from bot.channels.wechat.rehearsal.api_errors import CallRefusedError
from bot.channels.wechat.rehearsal.api_followers import Follower, Received
from bot.state.sqlite_store import SqliteStore
from tests.bot.channels.wechat.playing import USER
from tests.bot.state.stores import open_at

MINUTE = 60.0
HOUR = 60 * MINUTE


class Clock:
    """A clock to set."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def ledger(clock: Clock, tmp_path: Path) -> AsyncIterator[Ledger]:
    store = SqliteStore(tmp_path / "state.db", clock)
    yield Ledger("wx1", store, clock)
    await store.close()


async def take(ledger: Ledger, times: int) -> list[bool]:
    return [await ledger.take(USER) for _ in range(times)]


async def test_nothing_is_left_for_who_did_nothing(ledger: Ledger) -> None:
    assert await ledger.left(USER) == 0
    assert not await ledger.take(USER)


@pytest.mark.parametrize("trigger", GRANTS)
async def test_a_trigger_gives_its_count(trigger: Trigger, ledger: Ledger) -> None:
    count = 5 if trigger == "message" else 3
    await ledger.triggered(USER, trigger)
    assert await ledger.left(USER) == count
    assert await take(ledger, count + 1) == [True] * count + [False]
    assert await ledger.left(USER) == 0


@pytest.mark.parametrize("trigger", GRANTS)
async def test_a_trigger_gives_its_time(trigger: Trigger, ledger: Ledger, clock: Clock) -> None:
    await ledger.triggered(USER, trigger)
    clock.now += (48 * HOUR if trigger == "message" else MINUTE) - 0.01
    assert await ledger.take(USER)
    clock.now += 0.02
    assert await ledger.left(USER) == 0
    assert not await ledger.take(USER)


async def test_a_trigger_begins_anew(ledger: Ledger, clock: Clock) -> None:
    await ledger.triggered(USER, "message")
    assert await take(ledger, 5) == [True] * 5
    clock.now += 47 * HOUR
    await ledger.triggered(USER, "message")
    assert await ledger.left(USER) == 5
    clock.now += 47 * HOUR
    assert await take(ledger, 6) == [True] * 5 + [False]


async def test_counts_do_not_add_up(ledger: Ledger, clock: Clock) -> None:
    await ledger.triggered(USER, "message")
    await take(ledger, 3)
    await ledger.triggered(USER, "menu")
    assert await ledger.left(USER) == 3
    await take(ledger, 1)
    clock.now += MINUTE + 1
    assert await ledger.left(USER) == 1


async def test_a_short_time_does_not_end_a_long_one(ledger: Ledger, clock: Clock) -> None:
    await ledger.triggered(USER, "message")
    await ledger.triggered(USER, "menu")
    clock.now += MINUTE + 1
    assert await ledger.left(USER) == 5


@pytest.mark.parametrize("code", [45015, 45047])
async def test_what_wechat_says_counts(code: int, ledger: Ledger) -> None:
    await ledger.triggered(USER, "message")
    await ledger.triggered(USER, "menu")
    assert await ledger.take(USER)
    await ledger.refused(USER, to_refusal(code, ""))
    assert await ledger.left(USER) == 0
    assert not await ledger.take(USER)
    await ledger.triggered(USER, "message")
    assert await ledger.left(USER) == 5


@pytest.mark.parametrize("error", [to_refusal(48001, ""), to_refusal(-1, ""), UnreachableError("away")], ids=repr)
async def test_what_did_not_go_out_is_given_back(error: Any, ledger: Ledger) -> None:
    await ledger.triggered(USER, "message")
    await ledger.take(USER)
    await ledger.refused(USER, error)
    assert await ledger.left(USER) == 5
    await ledger.refused(USER, error)
    assert await ledger.left(USER) == 5


async def test_what_may_have_gone_out_is_spent(ledger: Ledger) -> None:
    await ledger.triggered(USER, "message")
    await ledger.take(USER)
    await ledger.refused(USER, UnknownOutcomeError("silent"))
    assert await ledger.left(USER) == 4


async def test_followers_and_accounts_are_apart(clock: Clock, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "state.db", clock)
    one, other = Ledger("wx1", store, clock), Ledger("wx2", store, clock)
    await one.triggered(USER, "message")
    assert await other.left(USER) == 0
    assert await one.left("o-someone-else") == 0
    await store.close()


async def test_takers_never_spend_more_than_there_is(any_place: str, weixin: Any) -> None:
    stores = [open_at(any_place) for _ in range(4)]
    ledgers = [Ledger(weixin.account.app_id, store) for store in stores]
    await ledgers[0].triggered(USER, "message")
    taken = await asyncio.gather(*(ledger.take(USER) for ledger in ledgers * 5))
    assert sum(taken) == 5
    for store in stores:
        await store.close()


Step = Union[str, float]
STEPS = st.lists(
    st.one_of(
        st.just("send"),
        st.sampled_from(sorted(GRANTS)),
        st.sampled_from([1.0, 30.0, 59.0, 61.0, HOUR, 47 * HOUR, 48 * HOUR]),
    ),
    max_size=40,
)


@given(STEPS)
def test_the_ledger_never_promises_what_wechat_refuses(steps: list[Step]) -> None:
    asyncio.run(_play(steps))


async def _play(steps: list[Step]) -> None:
    clock, follower = Clock(), Follower(USER)
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "state.db", clock)
        ledger = Ledger("wx1", store, clock)
        for step in steps:
            if isinstance(step, float):
                clock.now += step
            elif step == "send":
                await _send(ledger, follower, clock.now)
            else:
                follower.did(step, clock.now)
                await ledger.triggered(USER, step)  # type: ignore[arg-type]
        await store.close()


async def _send(ledger: Ledger, follower: Follower, now: float) -> None:
    if not await ledger.take(USER):
        return
    try:
        follower.receive(Received("text", "hi", now))
    except CallRefusedError as error:
        raise AssertionError(f"promised, and refused with {error.code}") from None
