"""A stand-in of Slack's Web API on the loopback interface, with Socket Mode and the page of an installation.

It refuses what Slack refuses: tokens, scopes, channels, limits of blocks, the pace, what has run out. Point
SLACK_API_BASE_URL at its `url`.

    async with ApiStandIn() as slack: ...           # in a test's own event loop
    with ApiStandIn().in_thread() as slack: ...     # beside synchronous code
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Optional, TypeVar

from aiohttp import web

from bot.channels.slack.rehearsal import (
    assistant_methods,
    conversation_methods,
    identity_methods,
    message_methods,
    sockets,
    view_methods,
)
from bot.channels.slack.rehearsal.answering import Answerer
from bot.channels.slack.rehearsal.desk import Desk
from bot.channels.slack.rehearsal.failures import Failure
from bot.channels.slack.rehearsal.install_page import authorize
from bot.channels.slack.rehearsal.response_urls import RESPONSE_PATH, respond
from bot.channels.slack.rehearsal.workspace import TEAM

Result = TypeVar("Result")

METHOD_FILES = (assistant_methods, conversation_methods, identity_methods, message_methods, view_methods)
"""Importing them enters their methods into the table."""


class ApiStandIn(Desk):
    """The stand-in; what it keeps and its switches are those of the desk."""

    def __init__(self, clock: Callable[[], float] = time.time, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__(clock)
        self._host, self._port = host, port
        self._runner: Optional[web.AppRunner] = None
        self._loop: Optional[asyncio.AbstractEventLoop] = None

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"http://{self._host}:{self._port}"

    @property
    def url(self) -> str:
        """The address to set as SLACK_API_BASE_URL."""
        return f"{self.base_url}/api/"

    async def start(self) -> None:
        """Listens. Raises OSError where the port is taken."""
        app = web.Application(client_max_size=4 * 1024 * 1024)
        answerer = Answerer(self)
        app.router.add_route("*", "/api/{method}", answerer.answer)
        app.router.add_get("/oauth/v2/authorize", lambda request: authorize(self, request))
        app.router.add_post(f"{RESPONSE_PATH}{{id}}", lambda request: respond(self, request))
        app.router.add_get(sockets.PATH, self.sockets.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._loop = asyncio.get_running_loop()
        self.sockets.base_url = f"ws://{self._host}:{self._port}"

    async def stop(self) -> None:
        """Stops listening. What it recorded stays."""
        for connection in list(self.sockets.connections):
            await connection.socket.close()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> ApiStandIn:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @contextmanager
    def in_thread(self) -> Iterator[ApiStandIn]:
        """Runs the stand-in in a thread of its own."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self.start(), loop).result(10)
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(self.stop(), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
            loop.close()

    def call(self, work: Awaitable[Result], seconds: float = 30.0) -> Result:
        """Runs something of the stand-in's, such as `sockets.push(...)`, from another thread and returns its result."""
        assert self._loop

        async def waited() -> Result:
            return await work

        return asyncio.run_coroutine_threadsafe(waited(), self._loop).result(seconds)

    def fail(self, method: str, times: int = 1, **failure: Any) -> None:
        """Lets the next calls of a method fail (`*`: of any), as `failures.Failure` tells."""
        self.failures.add(method, Failure(**failure), times)

    def revoke(self, token: str, error: str = "token_revoked") -> None:
        """Makes a token invalid: token_revoked, account_inactive, token_expired, invalid_auth."""
        self.workspace.tokens[token].refusal = error

    def new_trigger(self, user: str = "U1", channel: str = "", team: str = TEAM) -> str:
        """Returns a trigger_id, good for one view within three seconds."""
        return self.triggers.new(team, user, channel)

    def new_response_url(self, channel: str, user: str = "U1", team: str = TEAM) -> str:
        """Returns a response_url, good for five messages within thirty minutes."""
        return f"{self.base_url}{RESPONSE_PATH}{self.response_urls.new(team, user, channel)}"

    async def until(self, is_so: Callable[[], object], seconds: float = 5.0) -> None:
        """Waits in an event loop until something is so. Raises AssertionError where it does not come to be."""
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, f"not so within {seconds} s; calls: {self._summary()}"
            await asyncio.sleep(0.005)

    def wait(self, is_so: Callable[[], object], seconds: float = 10.0) -> None:
        """Waits in a thread until something is so. Raises AssertionError where it does not come to be."""
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, f"not so within {seconds} s; calls: {self._summary()}"
            time.sleep(0.01)

    def _summary(self) -> str:
        told = [(call.method, call.status, (call.answer or {}).get("error", "ok")) for call in self.record.calls[-20:]]
        return json.dumps(told)
