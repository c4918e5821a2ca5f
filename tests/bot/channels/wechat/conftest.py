"""A running server with the WeChat channel, and WeChat's side to talk to it."""

from __future__ import annotations

import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic

from bot.channels.wechat import WeChatInput
from tests.bot.channels.wechat.weixin import Weixin

# Sanic rewrites its own methods whenever an app starts, and finds them a second time only in this mode.
Sanic.test_mode = True

Connect = Callable[..., Awaitable[Weixin]]


class StandInAgent:
    """Stands in for Rasa's agent: keeps the messages it gets, answers each with what `say` returns."""

    def __init__(self) -> None:
        self.messages: list[UserMessage] = []
        self.say: Callable[[UserMessage], Awaitable[dict[str, Any]]] = self._echo

    @property
    def questions(self) -> list[str]:
        return [message.text for message in self.messages]

    async def _echo(self, message: UserMessage) -> dict[str, Any]:
        return {"text": f"You said: {message.text}"}

    async def handle_message(self, message: UserMessage) -> None:
        self.messages.append(message)
        await message.output_channel.send_response(message.sender_id, await self.say(message))


@pytest.fixture
def agent() -> StandInAgent:
    return StandInAgent()


@pytest_asyncio.fixture
async def connect(agent: StandInAgent) -> AsyncIterator[Connect]:
    """Starts a server for an account: `await connect(app_id=..., encoding_aes_key=...)`."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession())

        async def start(deliveries: Any = None, **credentials: str) -> Weixin:
            channel = WeChatInput.from_credentials({"token": "AAAAA", **credentials})
            if deliveries:
                channel._deliveries = deliveries
            url = await stack.enter_async_context(_serve(channel, agent))
            return Weixin(
                session,
                f"{url}/webhooks/wechat/webhook",
                token=credentials.get("token", "AAAAA"),
                app_id=credentials.get("app_id", ""),
                aes_key=credentials.get("encoding_aes_key", ""),
            )

        yield start


@asynccontextmanager
async def _serve(channel: WeChatInput, agent: StandInAgent) -> AsyncIterator[str]:
    app = Sanic(f"wechat_{uuid.uuid4().hex}", configure_logging=False)
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
