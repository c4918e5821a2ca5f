"""A bot with the Slack channel on a port of its own, and Slack to talk to it."""

from __future__ import annotations

import socket
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Optional

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from rasa.core.channels.channel import register
from sanic import Sanic

from bot.channels.slack.credentials import SlackCredentials
from bot.channels.slack.delivery import pace
from bot.channels.slack.input import SlackInput
from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.channels.slack.review import ReviewProvider, no_review
from bot.state import Store
from bot.state.sqlite_store import SqliteStore
from tests.bot.channels.slack.slack_side import CREDENTIALS, SlackSide, StandInAgent

# Sanic rewrites its own methods whenever an app starts, and finds them a second time only in this mode.
Sanic.test_mode = True

Serve = Callable[..., AbstractAsyncContextManager[SlackSide]]


@pytest_asyncio.fixture
async def api(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ApiStandIn]:
    """Slack's Web API, which here takes any pace."""
    monkeypatch.setattr(pace, "SECONDS_APART", 0.0)
    async with ApiStandIn() as api:
        api.pace.seconds = 0
        yield api


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store."""
    store = SqliteStore(tmp_path / "state.db")
    yield store
    await store.close()


@pytest_asyncio.fixture
async def serve(api: ApiStandIn, store: Store) -> AsyncIterator[Serve]:
    """Starts bots beside the same Slack: `async with serve(person_channel="C3") as slack`."""
    async with ClientSession() as session:

        @asynccontextmanager
        async def start(
            store: Store = store,
            agent: Optional[StandInAgent] = None,
            review: ReviewProvider = no_review,
            **credentials: Any,
        ) -> AsyncIterator[SlackSide]:
            given = SlackCredentials.read({**CREDENTIALS, "api_base_url": api.url, **credentials})
            agent = agent or StandInAgent()
            async with _serve(SlackInput(given, store, review), agent) as url:
                yield SlackSide(f"{url}/webhooks/slack/webhook", session, api, agent)

        yield start


@pytest_asyncio.fixture
async def slack(serve: Serve) -> AsyncIterator[SlackSide]:
    """Slack beside a running bot."""
    async with serve() as slack:
        yield slack


@asynccontextmanager
async def _serve(channel: SlackInput, agent: StandInAgent) -> AsyncIterator[str]:
    app = Sanic(f"slack_{uuid.uuid4().hex}", configure_logging=False)
    app.ctx.agent = agent
    register([channel], app, route="/webhooks/")
    async with AsyncExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        server = await app.create_server(sock=listening, return_asyncio_server=True)
        assert server
        await server.startup()
        await server.before_start()
        await server.start_serving()
        await server.after_start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            await server.before_stop()
            await server.close()
            await server.after_stop()
