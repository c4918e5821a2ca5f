"""One run: a quiet beginning, the load, the kill in its middle, and the time until all has settled."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Union

import aiohttp

from benchmarks.deliveries.plan import Plan
from benchmarks.deliveries.record import Record
from benchmarks.deliveries.server import Server
from benchmarks.deliveries.slack import Slack
from benchmarks.deliveries.stand_in import StandInApi
from benchmarks.deliveries.wechat import WeChat
from benchmarks.progress import say

Platform = Union[WeChat, Slack]
PLATFORMS: dict[str, type[Platform]] = {"wechat": WeChat, "slack": Slack}

LOOK = 5.0
IDLE = 0.15
"""A server that keeps less than this share of a processor busy has nothing left to do."""

AT_ONCE = 20
WARM_UP = 5


@dataclass(frozen=True)
class Run:
    """What a run saw. Times are in seconds; `away` is how long the server was, `settled` how long it worked on."""

    plan: Plan
    quiet: Record
    load: Record
    offered: float
    away: float
    settled: float


async def carry_out(plan: Plan, folder: Path) -> Run:
    """Carries a plan out, with the server's state in a folder. Raises BenchmarkError."""
    quiet, load = Record(), Record()
    async with _new_session() as session, StandInApi(load, plan.messages) as api:
        server = Server(folder, PLATFORMS[plan.channel].settings(plan, api.url))
        try:
            say(f"the server started in {await server.start(session):.1f} s")
            await _be_quiet(plan, session, server, quiet)
            platform = PLATFORMS[plan.channel](session, server.url, plan, load)
            killing = asyncio.ensure_future(_kill(plan, session, server, load))
            began = time.monotonic()
            await _offer(plan, platform)
            offered, away = time.monotonic() - began, await killing
            settled = await _settle(plan, server, load)
            await _fetch(platform, load)
        finally:
            server.stop()
    return Run(plan, quiet, load, offered, away, settled)


@contextlib.asynccontextmanager
async def _new_session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        yield session


async def _be_quiet(plan: Plan, session: aiohttp.ClientSession, server: Server, record: Record) -> None:
    """Delivers some messages one after the other, once each: the baseline, and what warms the server up."""
    once = Plan(plan.channel, plan.rate, plan.seconds, "faithful", verified=plan.verified, safe=plan.safe)
    platform = PLATFORMS[plan.channel](session, server.url, once, record)
    for number in range(WARM_UP + plan.quiet):
        await platform.deliver(plan.messages + number)
    del record.seconds[:WARM_UP]


async def _offer(plan: Plan, platform: Platform) -> None:
    """Delivers the messages at the plan's pace, whatever becomes of those before."""
    began = time.monotonic()
    deliveries = []
    for number in range(plan.messages):
        await asyncio.sleep(max(0.0, began + number / plan.rate - time.monotonic()))
        deliveries.append(asyncio.ensure_future(platform.deliver(number)))
    await asyncio.gather(*deliveries)


async def _kill(plan: Plan, session: aiohttp.ClientSession, server: Server, record: Record) -> float:
    """Kills the server in the middle of the load and starts it again. Returns how long it was away."""
    if not plan.kill:
        return 0.0
    await asyncio.sleep(plan.seconds / 2)
    record.is_away = True
    server.kill()
    away = await server.start(session)
    record.is_away = False
    say(f"killed in the middle; back after {away:.1f} s")
    return away


async def _settle(plan: Plan, server: Server, record: Record) -> float:
    """Waits until each message is answered, or the server has nothing left to do. Returns for how long."""
    began = time.monotonic()
    while record.unanswered and time.monotonic() < began + plan.settle:
        busy = server.processor_seconds()
        await asyncio.sleep(LOOK)
        share = (server.processor_seconds() - busy) / LOOK
        say(f"{len(record.unanswered)} to come, the server is busy for {share:.0%}")
        if share < IDLE and time.monotonic() > record.last_answer + 4 * LOOK:
            break
    # A second answer to a message comes after the first one.
    await asyncio.sleep(LOOK)
    return time.monotonic() - began


async def _fetch(platform: Platform, record: Record) -> None:
    """Asks, for each message without an answer, whether one was kept for its sender."""
    room = asyncio.Semaphore(AT_ONCE)

    async def fetch(number: int) -> None:
        async with room:
            await platform.fetch(number)

    await asyncio.gather(*(fetch(number) for number in record.unanswered))
