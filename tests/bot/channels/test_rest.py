"""The REST channel: what it collects, and the page of a plan."""

from __future__ import annotations

import socket
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic

from bot.channels import rest
from bot.channels.rest import RestInput
from bot.state.sqlite_store import SqliteStore

Sanic.test_mode = True


class StandInAgent:
    """Stands in for Rasa's agent: a question after a plan gets one."""

    async def handle_message(self, message: UserMessage) -> None:
        custom: dict[str, Any] = {"reply": "yes", "parts": [], "language": "en"}
        if "plan" in (message.text or ""):
            custom["plan"] = {"language": "en"}
        await message.output_channel.send_response(message.sender_id, {"text": "yes", "custom": custom})


@pytest_asyncio.fixture
async def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    store = SqliteStore(tmp_path / "state.db")
    monkeypatch.setattr(rest, "shared_store", lambda: store)
    app = Sanic(f"rest_{uuid.uuid4().hex}", configure_logging=False)
    app.ctx.agent = StandInAgent()
    register([RestInput()], app, route="/webhooks/")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = await app.create_server(sock=listening, return_asyncio_server=True)
        assert server
        await server.startup()
        await server.start_serving()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/webhooks/rest/webhook"
        finally:
            await server.close()


async def ask(url: str, text: str) -> dict[str, Any]:
    async with ClientSession() as session, session.post(url, json={"sender": "me", "message": text}) as answer:
        _, data = await answer.json()
    custom: dict[str, Any] = data["custom"]
    return custom


async def test_a_plan_has_a_page(url: str) -> None:
    assert (await ask(url, "a plan please"))["page"].startswith("/pages/")


async def test_what_is_no_plan_has_none(url: str) -> None:
    assert "page" not in await ask(url, "how much?")


async def test_a_stream_goes_on_as_it_was(url: str) -> None:
    asked = {"sender": "me", "message": "a plan"}
    async with ClientSession() as session, session.post(f"{url}?stream=true", json=asked) as answer:
        assert "yes" in await answer.text()
