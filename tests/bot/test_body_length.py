"""A request that does not say where its body ends is refused, and stops nobody else's."""

from __future__ import annotations

import asyncio
import socket
import uuid
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.body_length import refuse_unsound_lengths

Sanic.test_mode = True


@pytest_asyncio.fixture
async def port() -> AsyncIterator[int]:
    """A server that says how many bytes it was sent."""
    app = Sanic(f"lengths_{uuid.uuid4().hex}", configure_logging=False)
    refuse_unsound_lengths(app)

    @app.post("/")
    async def count(request: Request) -> HTTPResponse:
        return response.text(str(len(request.body)))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = await app.create_server(sock=listening, return_asyncio_server=True)
        assert server
        await server.startup()
        await server.start_serving()
        await server.after_start()
        yield int(listening.getsockname()[1])
        await server.before_stop()
        await server.close()


async def _status(port: int, headers: str, body: str) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"POST / HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n{body}".encode())
    line = await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    return int(line.split()[1])


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Length: -5",
        "Content-Length: abc",
        "Content-Length: +3",
        "Content-Length: ",
        "Content-Length: 3\r\nContent-Length: 4",
        "Content-Length: 3\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip",
    ],
)
async def test_an_unsound_length_is_refused_and_the_server_goes_on(port: int, headers: str) -> None:
    assert await _status(port, headers, "abc") == 400
    assert await _status(port, "Content-Length: 3", "abc") == 200


@pytest.mark.parametrize(
    ("headers", "body"),
    [("Content-Length: 0", ""), ("Content-Length: 3", "abc"), ("Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n")],
)
async def test_a_sound_length_is_served(port: int, headers: str, body: str) -> None:
    assert await _status(port, headers, body) == 200
