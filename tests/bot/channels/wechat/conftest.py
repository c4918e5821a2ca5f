"""A running bot server with the WeChat channel, and WeChat's side to talk to it."""

from __future__ import annotations

import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic

from bot.channels.wechat.input import WeChatInput

from .weixin import Weixin

Say = Callable[[UserMessage], Awaitable[dict[str, Any]]]
Connect = Callable[..., Awaitable[Weixin]]


class Bot:
    """Stands in for Rasa's agent: keeps the messages it gets, answers each with what `say` returns."""

    def __init__(self) -> None:
        self.messages: list[UserMessage] = []
        self.say: Say = self.echo

    async def echo(self, message: UserMessage) -> dict[str, Any]:
        """Answers with the question."""
        return {"text": f"You said: {message.text}"}

    async def handle_message(self, message: UserMessage) -> None:
        """Takes a message as Rasa's agent does."""
        self.messages.append(message)
        await message.output_channel.send_response(message.sender_id, await self.say(message))


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest_asyncio.fixture
async def connect(bot: Bot) -> AsyncIterator[Connect]:
    """Starts servers for accounts: `await connect(token=..., app_id=..., encoding_aes_key=...)`."""
    servers = []
    async with aiohttp.ClientSession() as session:

        async def start(deliveries: Any = None, **credentials: str) -> Weixin:
            credentials = {"token": "AAAAA", **credentials}
            channel = WeChatInput.from_credentials(credentials)
            if deliveries:
                channel._deliveries = deliveries
            url, server = await _serve(channel, bot)
            servers.append(server)
            return Weixin(
                session,
                url,
                credentials["token"],
                credentials.get("app_id", ""),
                credentials.get("encoding_aes_key", ""),
            )

        yield start
    for server in servers:
        await server.close()


async def _serve(channel: WeChatInput, bot: Bot) -> tuple[str, Any]:
    app = Sanic(f"bot_{uuid.uuid4().hex}", configure_logging=False)
    app.ctx.agent = bot
    register([channel], app, route="/webhooks/")
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
    assert server is not None
    await server.startup()
    await server
    return f"http://127.0.0.1:{listener.getsockname()[1]}/webhooks/wechat/webhook", server
