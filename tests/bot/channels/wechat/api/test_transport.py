"""Which calls surely did not arrive, and of which nobody knows: those are never repeated."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.channels.wechat.api.errors import BusyError, RefusedError, UnknownOutcomeError, UnreachableError
from bot.channels.wechat.api.transport import Transport
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn, Fault
from tests.bot.channels.wechat.api.conftest import PAUSES, Connect
from tests.bot.channels.wechat.playing import SECRET, USER

SEND = "message/custom/send"


async def test_nobody_there(connect: Connect, free_port: int) -> None:
    with pytest.raises(UnreachableError, match="WECHAT_API_BASE_URL"):
        await connect(api_base_url=f"http://127.0.0.1:{free_port}").send_text(USER, "hi")


async def test_no_such_name(connect: Connect) -> None:
    with pytest.raises(UnreachableError):
        await connect(api_base_url="http://weixin.invalid").send_text(USER, "hi")


async def test_an_address_without_encryption_where_it_is_asked_for(weixin: ApiStandIn, connect: Connect) -> None:
    with pytest.raises(UnreachableError):
        await connect(api_base_url=weixin.url.replace("http:", "https:")).send_text(USER, "hi")


async def test_no_answer_in_time_is_unknown(weixin: ApiStandIn, connect: Connect) -> None:
    api = connect(total=0.3)
    await api.callback_addresses()
    weixin.fail(Fault(1, SEND, seconds=1.0))
    start = time.monotonic()
    with pytest.raises(UnknownOutcomeError):
        await api.send_text(USER, "hi")
    assert time.monotonic() - start < 0.8
    # It arrived indeed, and was not sent again.
    assert (weixin.count(SEND), len(weixin.received(USER))) == (1, 1)


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_broken_connection_is_unknown(arrives: bool, weixin: ApiStandIn, connect: Connect) -> None:
    weixin.fail(Fault(1, SEND, drop=True, arrives=arrives))
    with pytest.raises(UnknownOutcomeError):
        await connect().send_text(USER, "hi")
    assert (weixin.count(SEND), len(weixin.received(USER))) == (1, int(arrives))


async def test_a_call_is_not_carried_out_where_no_token_comes(weixin: ApiStandIn, connect: Connect) -> None:
    # The token's outcome is unknown, the message's is not: it was never sent.
    weixin.fail(Fault(1, "stable_token", drop=True))
    with pytest.raises(UnreachableError, match="no access token"):
        await connect().send_text(USER, "hi")
    assert weixin.count(SEND) == 0


async def test_the_pauses_grow(weixin: ApiStandIn) -> None:
    weixin.fail(Fault(9, code=-1))
    transport = Transport(weixin.url, pauses=PAUSES)
    start = time.monotonic()
    with pytest.raises(BusyError):
        await transport.call("cgi-bin/getcallbackip", {})
    assert time.monotonic() - start >= sum(PAUSES)
    await transport.close()


async def test_other_calls_go_on_while_one_waits(weixin: ApiStandIn, connect: Connect) -> None:
    api = connect()
    await api.callback_addresses()
    weixin.fail(Fault(1, SEND, seconds=0.5))
    slow = asyncio.ensure_future(api.send_text(USER, "slow"))
    await asyncio.sleep(0.05)
    start = time.monotonic()
    await api.callback_addresses()
    assert time.monotonic() - start < 0.4
    await slow


ODD = {
    "a page": ("200 OK", b"<html>It works!</html>"),
    "a gateway's error": ("502 Bad Gateway", b'{"errcode": 0}'),
    "a list": ("200 OK", b"[]"),
    "nothing": ("200 OK", b""),
    "no number": ("200 OK", b'{"errcode": "many"}'),
    "no text": ("200 OK", b"\xff\xfe\x00"),
    "elsewhere": ("302 Found\r\nLocation: http://127.0.0.1:1/", b""),
}


@asynccontextmanager
async def answering(status: str, content: bytes) -> AsyncIterator[Transport]:
    """A server that answers every request in the same way, and a way to it."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10_000)
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n".encode() + content
        )
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        transport = Transport(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        try:
            yield transport
        finally:
            await transport.close()


@pytest.mark.parametrize(("status", "content"), ODD.values(), ids=ODD)
async def test_what_does_not_answer_like_wechat(status: str, content: bytes) -> None:
    async with answering(status, content) as transport:
        with pytest.raises(UnknownOutcomeError, match="is not WeChat's API"):
            await transport.call("cgi-bin/getcallbackip", {})


async def test_odd_characters_in_an_answer() -> None:
    async with answering("200 OK", b'{"name": "a\x01b \xff", "errcode": "0"}') as transport:
        assert (await transport.call("cgi-bin/user/info", {}))["name"] == "a\x01b \ufffd"


async def test_a_code_written_as_text() -> None:
    async with answering("200 OK", b'{"errcode": "48001", "errmsg": "api unauthorized"}') as transport:
        with pytest.raises(RefusedError, match="48001"):
            await transport.call("cgi-bin/user/info", {})


async def test_no_secret_is_shown(
    weixin: ApiStandIn, connect: Connect, caplog: pytest.LogCaptureFixture, free_port: int
) -> None:
    caplog.set_level(logging.DEBUG)
    api = connect(total=0.2)
    await api.send_text(USER, "a private text")
    shown = [repr(api._tokens._account)]
    faults = [Fault(1, SEND, seconds=0.5), Fault(1, SEND, drop=True), Fault(2, SEND, code=40001)]
    for fault in faults:
        weixin.fail(fault)
        with pytest.raises((UnknownOutcomeError, RefusedError)) as raised:
            await api.send_text(USER, "a private text")
        shown += [str(raised.value), repr(raised.value), repr(raised.value.__context__ and raised.value.__cause__)]
    with pytest.raises(UnreachableError) as unreachable:
        await connect(api_base_url=f"http://127.0.0.1:{free_port}", app_id="wxb").send_text(USER, "a private text")
    shown.append(str(unreachable.value))
    tokens = {call.query["access_token"] for call in weixin.calls if "access_token" in call.query}
    everything = caplog.text + "".join(shown)
    assert len(tokens) == 2
    assert not [secret for secret in (*tokens, SECRET, "a private text", USER) if secret in everything]
