"""The line to whoever waits for an answer, on real connections."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

import pytest
import uvloop

from bot.channels.line import Line


async def _served(caller: Callable[[asyncio.StreamWriter], Awaitable[None]], wait: float) -> tuple[Line, float, bool]:
    """Lets somebody connect, and returns what the line tells after so many seconds."""
    told: asyncio.Future[tuple[Line, float, bool]] = asyncio.get_running_loop().create_future()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        line = Line(writer.transport)
        await asyncio.sleep(wait)
        told.set_result((line, line.waited(), line.is_open()))
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        _, writer = await asyncio.open_connection(host, port)
        writer.write(b"x")
        await caller(writer)
        found = await told
        writer.close()
        await asyncio.sleep(0.05)
        return found


async def _stays(writer: asyncio.StreamWriter) -> None:
    await writer.drain()


async def _hangs_up(writer: asyncio.StreamWriter) -> None:
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.close()


@pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop])
@pytest.mark.parametrize(("caller", "is_open"), [(_stays, True), (_hangs_up, False)])
def test_it_tells_how_long_somebody_waits_and_whether_they_still_do(
    new_loop: Callable[[], asyncio.AbstractEventLoop],
    caller: Callable[[asyncio.StreamWriter], Awaitable[None]],
    is_open: bool,
) -> None:
    loop = new_loop()
    try:
        _, waited, told_open = loop.run_until_complete(_served(caller, 0.3))
    finally:
        loop.run_until_complete(asyncio.sleep(0.05))
        loop.close()
    assert 0.2 <= waited < 2
    assert told_open is is_open


def test_without_a_connection_it_is_open_and_nobody_has_waited() -> None:
    line = Line(None)
    assert line.is_open()
    assert line.waited() == 0.0


@pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_a_connection_that_is_gone_is_not_open(new_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    loop = new_loop()

    async def gone() -> bool:
        line, _, _ = await _served(_stays, 0.0)
        # Others take the numbers of connections that are closed.
        with socket.create_server(("127.0.0.1", 0)) as listener:
            others = [socket.create_connection(listener.getsockname()) for _ in range(9)]
            is_open = line.is_open()
            for other in others:
                other.close()
        return is_open

    try:
        assert not loop.run_until_complete(gone())
    finally:
        loop.run_until_complete(asyncio.sleep(0.05))
        loop.close()
