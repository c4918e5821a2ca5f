"""Rasa's agent in a thread of its own: the event loop stays free, and what goes wrong comes back."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import pytest

from bot.working_agent import WorkingAgent


class StandInAgent:
    """Computes without a break, as Rasa does."""

    def __init__(self) -> None:
        self.threads: set[int] = set()

    def is_ready(self) -> bool:
        return True

    async def handle_message(self, message: Any) -> str:
        self.threads.add(threading.get_ident())
        if message == "fail":
            raise RuntimeError("no")
        until = time.monotonic() + 0.3
        while time.monotonic() < until:
            pass
        return f"About {message}"

    async def parse_message(self, text: str) -> str:
        return text


async def _started(agent: StandInAgent) -> WorkingAgent:
    async def load() -> Any:
        return agent

    working = WorkingAgent()
    assert not working.is_ready()
    await working.start(load)
    return working


async def test_others_go_on_while_it_computes() -> None:
    agent = StandInAgent()
    working = await _started(agent)
    answering = asyncio.ensure_future(working.handle_message("fees"))  # type: ignore[arg-type]
    turns = 0
    while not answering.done():
        await asyncio.sleep(0.005)
        turns += 1
    assert await answering == "About fees"
    assert turns > 10
    assert agent.threads and threading.get_ident() not in agent.threads
    await working.stop()


async def test_what_fails_there_is_raised_here() -> None:
    working = await _started(StandInAgent())
    with pytest.raises(RuntimeError, match="no"):
        await working.handle_message("fail")  # type: ignore[arg-type]
    await working.stop()


async def test_a_message_waits_until_the_model_is_loaded() -> None:
    loaded = threading.Event()

    async def load() -> Any:
        await asyncio.to_thread(loaded.wait)
        return StandInAgent()

    working = WorkingAgent()
    starting = asyncio.ensure_future(working.start(load))
    answering = asyncio.ensure_future(working.handle_message("fees"))  # type: ignore[arg-type]
    await asyncio.sleep(0.1)
    assert not answering.done()
    assert not working.is_ready()
    loaded.set()
    await starting
    assert await answering == "About fees"
    await working.stop()


async def test_an_agent_that_never_started_stops() -> None:
    await WorkingAgent().stop()
