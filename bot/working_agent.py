"""Rasa's agent in a thread of its own, so that the server takes messages in while one is being understood.

To understand and answer a message is some tens of milliseconds of computing without a break. On the server's event loop
nothing else would happen meanwhile, and under load the platforms' requests would time out before anybody has seen them.
In a thread of its own the interpreter divides the time between the two (sys.setswitchinterval).
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable
from typing import Any, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

SWITCH_SECONDS = 0.0001


class WorkingAgent:
    """An agent whose every step is done in its own thread and event loop; all else is the agent's own.

    Messages are worked on one after the other as far as they compute, and side by side where they wait.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True, name="agent")
        self._agent: Optional[Agent] = None
        self._loaded = asyncio.Event()

    async def start(self, load: Callable[[], Awaitable[Agent]]) -> None:
        """Starts the thread and loads the agent in it. Raises what loading raises."""
        sys.setswitchinterval(SWITCH_SECONDS)
        self._thread.start()
        self._agent = await self.run(load())
        self._loaded.set()

    async def change(self, agent: Agent) -> None:
        """Lets another agent answer from the next message on; what is being answered goes on with the old one."""

        async def change() -> None:
            self._agent = agent

        # In the agent's thread: between two steps, never within one.
        await self.run(change())

    async def stop(self) -> None:
        """Ends the thread; work that is not done is cut off."""
        if not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join, 5)

    async def run(self, work: Awaitable[Any]) -> Any:
        """Does some work of the agent's in its thread. Returns or raises what it does."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_as_coroutine(work), self._loop))

    async def handle_message(self, message: UserMessage) -> Any:
        """Answers a message through its output channel, which is called in the agent's thread; waits for the model."""
        await self._loaded.wait()
        return await self.run(self._handle(message))

    async def _handle(self, message: UserMessage) -> Any:
        # Which agent answers is decided when its turn has come, not when the message came in.
        return await self.agent.handle_message(message)

    async def parse_message(self, text: str) -> Any:
        """Returns what the pipeline understands of a text."""
        return await self.run(self.agent.parse_message(text))

    def is_ready(self) -> bool:
        """Whether a model is loaded."""
        return self._agent is not None and bool(self._agent.is_ready())

    @property
    def tracker_store(self) -> Any:
        """Where the conversations are; safe to use from any thread."""
        return self.agent.tracker_store

    @property
    def lock_store(self) -> Any:
        """What keeps two messages of a conversation apart; safe to use from any thread."""
        return self.agent.lock_store

    @property
    def agent(self) -> Agent:
        """The agent itself, to be used inside `run` alone."""
        assert self._agent is not None, "the agent is loaded when the server starts"
        return self._agent

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()


async def _as_coroutine(work: Awaitable[Any]) -> Any:
    return await work
