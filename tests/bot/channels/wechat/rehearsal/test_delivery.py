"""Tries, time and outcomes: against the real channel, and against servers that misbehave in every way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web

from bot.channels.wechat.rehearsal.advice import FAILED, explain
from bot.channels.wechat.rehearsal.delivery import Plan, Try, deliver
from bot.channels.wechat.rehearsal.envelope import Envelope, Mode
from bot.channels.wechat.rehearsal.pushes import Follower, Push, event, message
from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.weixin import APP_ID, SAFE

KEY = SAFE["encoding_aes_key"]
QUICK = Plan(patience=0.1)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest_asyncio.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def tries(session: ClientSession, url: str, envelope: Envelope, push: Push, plan: Plan = QUICK) -> list[Try]:
    return [tried async for tried in deliver(session, url, envelope, push, plan)]


async def outcomes(session: ClientSession, handler: Handler, push: Push, plan: Plan = QUICK) -> list[Try]:
    async with serving(handler) as url:
        return await tries(session, url, Envelope("AAAAA"), push, plan)


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
async def test_the_channel_answers_in_every_mode(
    connect: Connect, agent: StandInAgent, session: ClientSession, follower: Follower, mode: Mode
) -> None:
    weixin = await connect(**({} if mode == "plain" else SAFE))
    envelope = Envelope("AAAAA", mode, APP_ID, KEY)
    got = await tries(session, weixin.url, envelope, message(follower, text="认证要多少钱？"), Plan())
    assert [tried.outcome for tried in got] == ["answered"]
    assert got[0].reply and got[0].reply.text == "You said: 认证要多少钱？"
    assert agent.questions == ["认证要多少钱？"]


async def test_three_deliveries_of_one_message_get_one_answer(
    connect: Connect, agent: StandInAgent, session: ClientSession, follower: Follower
) -> None:
    weixin = await connect(**SAFE)
    push = message(follower, text="hi")
    got = await tries(session, weixin.url, Envelope("AAAAA", "safe", APP_ID, KEY), push, Plan(repeat=True))
    assert [tried.number for tried in got] == [1, 2, 3]
    assert len({tried.reply for tried in got}) == 1
    assert len(agent.messages) == 1


async def test_the_channel_takes_an_event(connect: Connect, session: ClientSession, follower: Follower) -> None:
    weixin = await connect()
    (tried,) = await tries(session, weixin.url, Envelope("AAAAA"), event(follower, "unsubscribe"), Plan())
    assert tried.outcome == "acknowledged"


@pytest.mark.parametrize(
    ("envelope", "settings", "status", "advice"),
    [
        (Envelope("OTHER"), {}, 403, "WECHAT_TOKEN"),
        (Envelope("AAAAA"), SAFE, 403, "WECHAT_ENCODING_AES_KEY"),
        (Envelope("OTHER", "safe", APP_ID, KEY), SAFE, 403, "WECHAT_TOKEN"),
        (Envelope("AAAAA", "safe", "wx-other", KEY), SAFE, 403, "WECHAT_APP_ID"),
        (Envelope("AAAAA", "safe", APP_ID, "B" * 43), SAFE, 400, "WECHAT_ENCODING_AES_KEY"),
        (Envelope("AAAAA", "safe", APP_ID, KEY), {}, 400, "WECHAT_ENCODING_AES_KEY"),
    ],
    ids=["token", "downgrade", "token-in-safe-mode", "app-id", "key", "key-nobody-has"],
)
async def test_a_refused_delivery_is_final_and_explained(
    connect: Connect,
    session: ClientSession,
    follower: Follower,
    envelope: Envelope,
    settings: dict[str, str],
    status: int,
    advice: str,
) -> None:
    weixin = await connect(**settings)
    (tried,) = await tries(session, weixin.url, envelope, message(follower, text="hi"), Plan())
    assert (tried.outcome, tried.status) == ("refused", status)
    assert tried.says
    assert advice in explain(tried, envelope.mode)


@pytest.mark.parametrize(
    ("status", "advice"), [(404, "WECHAT_TOKEN"), (413, "larger"), (503, "not ready"), (500, FAILED), (999, FAILED)]
)
def test_every_refusal_has_its_advice(status: int, advice: str) -> None:
    for mode in ("plain", "safe"):
        assert advice in explain(Try(1, 5, "refused", status=status), mode)


async def test_silence_is_tried_three_times(session: ClientSession, follower: Follower) -> None:
    bodies = []

    async def silent(request: web.Request) -> web.Response:
        bodies.append(await request.text())
        await asyncio.sleep(1)
        return web.Response(text="success")

    got = await outcomes(session, silent, message(follower, text="hi"))
    assert [tried.outcome for tried in got] == ["silent"] * 3
    assert all(90 <= tried.milliseconds < 900 for tried in got)
    assert len(set(bodies)) == 1, "each delivery is the same message"


async def test_an_answer_to_a_later_try_ends_it(session: ClientSession, follower: Follower) -> None:
    came = []

    async def slow_once(request: web.Request) -> web.Response:
        came.append(request)
        await asyncio.sleep(1 if len(came) == 1 else 0)
        return web.Response(text="success")

    got = await outcomes(session, slow_once, message(follower, text="hi"))
    assert [tried.outcome for tried in got] == ["silent", "acknowledged"]


@pytest.mark.parametrize("body", ["", "success"])
async def test_an_answer_without_a_reply(session: ClientSession, follower: Follower, body: str) -> None:
    async def take(request: web.Request) -> web.Response:
        return web.Response(text=body)

    (tried,) = await outcomes(session, take, message(follower, text="hi"))
    assert tried.outcome == "acknowledged"


@pytest.mark.parametrize(
    "body", ['{"text": "hi"}', "Hello", "<xml></xml>", "<xml><MsgType>text</MsgType></xml>", "<html></html>"]
)
async def test_a_body_that_is_no_reply(session: ClientSession, follower: Follower, body: str) -> None:
    async def nonsense(request: web.Request) -> web.Response:
        return web.Response(text=body)

    (tried,) = await outcomes(session, nonsense, message(follower, text="hi"))
    assert tried.outcome == "unreadable"
    assert tried.says.startswith("the reply ")


async def test_a_dropped_connection(session: ClientSession, follower: Follower) -> None:
    async def drop(request: web.Request) -> web.Response:
        assert request.transport
        request.transport.abort()
        return web.Response()

    (tried,) = await outcomes(session, drop, message(follower, text="hi"))
    assert tried.outcome == "unreachable"


async def test_nobody_there(session: ClientSession, follower: Follower) -> None:
    (tried,) = await tries(session, "http://127.0.0.1:1/", Envelope("AAAAA"), message(follower, text="hi"))
    assert tried.outcome == "unreachable"
    assert "127.0.0.1" in tried.says


async def test_the_gap_between_tries(session: ClientSession, follower: Follower) -> None:
    async def take(request: web.Request) -> web.Response:
        return web.Response(text="")

    begun = asyncio.get_running_loop().time()
    plan = Plan(tries=2, repeat=True, gap=0.2)
    assert len(await outcomes(session, take, message(follower, text="hi"), plan)) == 2
    assert asyncio.get_running_loop().time() - begun >= 0.2
