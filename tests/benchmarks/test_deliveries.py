"""The deliveries' counts, against servers that do right and servers that do wrong."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from werobot.parser import parse_user_msg
from werobot.utils import get_signature

from benchmarks.deliveries.plan import MARK, Plan
from benchmarks.deliveries.record import Record
from benchmarks.deliveries.report import figures
from benchmarks.deliveries.run import Run
from benchmarks.deliveries.slack import SECRET, Slack
from benchmarks.deliveries.stand_in import StandInApi
from benchmarks.deliveries.wechat import TOKEN, WeChat

WECHAT = Plan("wechat", rate=1, seconds=3, gap=0)
SLACK = Plan("slack", rate=1, seconds=3, gap=0)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_numbers = itertools.count(1)


def reply(text: str) -> web.Response:
    return web.Response(text=f"<xml><Content><![CDATA[{text}]]></Content></xml>")


async def answers(_: web.Request) -> web.Response:
    return reply(f"{MARK}元")


async def changes_its_mind(_: web.Request) -> web.Response:
    return reply(f"{MARK}元, {next(_numbers)}")


async def says_nothing(_: web.Request) -> web.Response:
    return web.Response(text="success")


async def fails(_: web.Request) -> web.Response:
    return web.Response(status=500)


async def breaks_off(request: web.Request) -> web.Response:
    assert request.transport
    request.transport.abort()
    return web.Response()


async def keeps(request: web.Request) -> web.Response:
    content = parse_user_msg(await request.text()).content
    return reply(f"{MARK}元") if content == "好了吗" else reply("请稍等")


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    app = web.Application()
    app.router.add_post("/webhooks/{channel}/webhook", handler)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        yield session, str(server.make_url("/")).rstrip("/")


async def counted(handler: Handler, plan: Plan = WECHAT, fetch: bool = False) -> dict[str, Any]:
    """Delivers the plan's messages to a server, and returns what was counted."""
    record = Record()
    async with serving(handler) as (session, url):
        platform = (WeChat if plan.channel == "wechat" else Slack)(session, url, plan, record)
        for number in range(plan.messages):
            await platform.deliver(number)
        for number in record.unanswered if fetch else []:
            await platform.fetch(number)
    return figures(Run(plan, Record(), record, 1, 0, 0))


def outcome(found: dict[str, Any]) -> dict[str, int]:
    names = ("answered", "answered more than once", "lost", "never taken by the server", "kept for the next message")
    return {name: found[name] for name in names if found[name]}


@pytest.mark.parametrize(
    ("handler", "expected"),
    [
        (answers, {"answered": 3}),
        (changes_its_mind, {"answered more than once": 3}),
        (says_nothing, {"lost": 3}),
        (fails, {"never taken by the server": 3}),
        (breaks_off, {"never taken by the server": 3}),
    ],
)
@pytest.mark.parametrize("safe", [False, True], ids=["plain", "safe"])
async def test_what_a_follower_sees_is_counted(handler: Handler, expected: dict[str, int], safe: bool) -> None:
    if safe and handler in (answers, changes_its_mind):
        pytest.skip("these answer in plain text")
    assert outcome(await counted(handler, replace(WECHAT, safe=safe))) == expected


async def test_an_answer_that_was_kept_is_not_lost() -> None:
    assert outcome(await counted(keeps)) == {"lost": 3}
    assert outcome(await counted(keeps, fetch=True)) == {"kept for the next message": 3}


async def test_failures_are_counted_by_their_kind() -> None:
    assert (await counted(fails))["status 500, server there"] == 9


async def test_a_faithful_platform_comes_once_where_it_is_answered() -> None:
    tries: list[str] = []

    async def note(request: web.Request) -> web.Response:
        tries.append(request.query["openid"])
        return await answers(request)

    await counted(note, replace(WECHAT, manner="faithful"))
    assert len(tries) == 3
    tries.clear()
    await counted(note)
    assert len(tries) == 9


async def test_deliveries_are_signed_and_alike_in_every_try() -> None:
    seen: set[tuple[str, str]] = set()

    async def note(request: web.Request) -> web.Response:
        query = request.query
        assert query["signature"] == get_signature(TOKEN, query["timestamp"], query["nonce"])
        message = parse_user_msg(await request.text())
        seen.add((message.source, str(message.message_id)))
        return reply(MARK)

    await counted(note)
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        (["300元"], {"answered": 3}),
        (["300元", "300元"], {"answered more than once": 3}),
        (["?"], {"lost": 3}),
        ([], {"lost": 3}),
    ],
)
async def test_what_is_posted_in_slack_is_counted(posts: list[str], expected: dict[str, int]) -> None:
    record = Record()
    posted: set[str] = set()

    async def post(request: web.Request) -> web.Response:
        event = (await request.json())["event"]
        if event["channel"] not in posted:
            posted.add(event["channel"])
            for text in posts:
                await session.post(f"{api.url}/api/chat.postMessage", json={"channel": event["channel"], "text": text})
        return web.Response()

    async with serving(post) as (session, url), StandInApi(record, SLACK.messages) as api:
        slack = Slack(session, url, SLACK, record)
        for number in range(SLACK.messages + 1):
            await slack.deliver(number)
    record.fates.pop(SLACK.messages)
    assert outcome(figures(Run(SLACK, Record(), record, 1, 0, 0))) == expected


async def test_slacks_repeats_say_that_they_are() -> None:
    seen: list[tuple[str, str]] = []

    async def note(request: web.Request) -> web.Response:
        headers = request.headers
        assert headers["X-Slack-Signature"].startswith("v0=") and SECRET not in str(headers)
        seen.append((headers.get("X-Slack-Retry-Num", ""), headers.get("X-Slack-Retry-Reason", "")))
        return web.Response()

    await counted(note, replace(SLACK, seconds=1))
    assert seen == [("", ""), ("1", "http_timeout")]


async def test_customer_service_messages_are_read() -> None:
    record = Record()
    menu = {"head_content": "点一下：", "list": [{"id": "1", "content": "认证费"}], "tail_content": ""}
    async with StandInApi(record, 2) as api, aiohttp.ClientSession() as session:
        url = f"{api.url}/cgi-bin/message/custom/send"
        await session.post(url, json={"touser": "o-load-0", "msgtype": "text", "text": {"content": f"{MARK}元"}})
        await session.post(url, json={"touser": "o-load-1", "msgtype": "msgmenu", "msgmenu": menu})
    assert record.fate(0).sent == 1
    assert dict(record.others) == {"点一下： 认证费": 1}


async def test_what_was_posted_can_be_looked_up() -> None:
    metadata = {"event_type": "answer", "event_payload": {"key": "1"}}
    async with StandInApi(Record(), 1) as api, aiohttp.ClientSession() as session:
        post = {"channel": "DLOAD0", "text": "300元", "metadata": metadata}
        async with session.post(f"{api.url}/api/chat.postMessage", json=post) as answer:
            ts = (await answer.json())["ts"]
        async with session.get(f"{api.url}/api/conversations.history", params={"channel": "DLOAD0"}) as answer:
            (message,) = (await answer.json())["messages"]
    assert (message["ts"], message["metadata"]) == (ts, metadata)
