"""A bot with the Slack channel on a port of its own, and Slack to talk to it."""

from __future__ import annotations

import socket
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest_asyncio
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from rasa.core.channels.channel import register
from sanic import Sanic

from bot.channels.slack import SlackInput
from tests.bot.channels.slack.slack_side import BOT_TOKEN, SIGNING_SECRET, SlackSide, StandInAgent, StandInApi

# Sanic rewrites its own methods whenever an app starts, and finds them a second time only in this mode.
Sanic.test_mode = True


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[SlackSide]:
    """Slack beside a running bot."""
    api, agent = StandInApi(), StandInAgent()
    async with TestServer(api.to_web_app()) as server, ClientSession() as session:
        channel = SlackInput.from_credentials(
            {"bot_token": BOT_TOKEN, "signing_secret": SIGNING_SECRET, "api_base_url": str(server.make_url("/api"))}
        )
        async with _serve(channel, agent) as url:
            yield SlackSide(f"{url}/webhooks/slack/webhook", session, api, agent)


@asynccontextmanager
async def _serve(channel: SlackInput, agent: StandInAgent) -> AsyncIterator[str]:
    app = Sanic(f"slack_{uuid.uuid4().hex}", configure_logging=False)
    app.ctx.agent = agent
    register([channel], app, route="/webhooks/")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = await app.create_server(sock=listening, return_asyncio_server=True)
        assert server
        await server.startup()
        await server.start_serving()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            await server.close()
