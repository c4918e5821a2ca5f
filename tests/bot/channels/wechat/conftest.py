"""A running server with the WeChat channel, and WeChat's side to talk to it."""

from __future__ import annotations

import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from rasa.core.channels.channel import UserMessage, register
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from sanic import Sanic

from bot.channels.wechat.account import Account
from bot.channels.wechat.deliveries import Times
from bot.channels.wechat.hours import Hours
from bot.channels.wechat.input import WeChatInput
from bot.state.sqlite_store import SqliteStore
from tests.bot.channels.wechat.weixin import Weixin

# Sanic rewrites its own methods whenever an app starts, and finds them a second time only in this mode.
Sanic.test_mode = True

Connect = Callable[..., Awaitable[Weixin]]


class StandInAgent:
    """Stands in for Rasa's agent: keeps the messages it gets, answers each with what `say` returns."""

    def __init__(self) -> None:
        self.messages: list[UserMessage] = []
        self.say: Callable[[UserMessage], Awaitable[dict[str, Any]]] = self._echo
        self.tracker_store = InMemoryTrackerStore(Domain.empty())
        self.lock_store = InMemoryLockStore()

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


# WeChat's times, a tenth to a hundredth as long.
TIMES = Times(wait=0.4, lapse=0.5, after=0.05, tries=1.0)


@pytest_asyncio.fixture
async def connect(agent: StandInAgent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Connect]:
    """Starts a server for an account: `await connect(app_id=..., encoding_aes_key=...)`.

    All servers of a test share one store, as processes do; `times` are how long things wait.
    """
    monkeypatch.setattr("bot.inbox.inbox.HEARTBEAT", 0.05)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession())

        async def start(times: Times = TIMES, hours: str = "", **credentials: str) -> Weixin:
            account = Account.from_credentials({"token": "AAAAA", **credentials})
            store = SqliteStore(tmp_path / "state.db")
            stack.push_async_callback(store.close)
            channel = WeChatInput(account, store, Hours.parse(hours), times=times)
            url = await stack.enter_async_context(_serve(channel, agent))
            return Weixin(
                session,
                f"{url}/webhooks/wechat/webhook",
                token=account.token,
                app_id=account.app_id,
                aes_key=account.encoding_aes_key,
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
        await server.after_start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            await server.before_stop()
            await server.close()
