"""What a rehearsal concludes from its tries, and how a chat looks."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Optional

import pytest_asyncio
from aiohttp import ClientSession, web
from rich.cells import cell_len
from rich.console import Console

from bot.channels.wechat.rehearsal.advice import OUT_OF_ORDER
from bot.channels.wechat.rehearsal.delivery import Plan
from bot.channels.wechat.rehearsal.envelope import Envelope
from bot.channels.wechat.rehearsal.pushes import Follower, message, to_xml
from bot.cli.wechat.phone import CHAT_WIDTH, Phone
from bot.cli.wechat.rehearsal import Rehearsal

FOLLOWER = Follower("oFollower", "gh_account")
Rehearse = Callable[..., Awaitable[tuple[bool, str]]]


def reply(text: str = "", kind: str = "text", **fields: str) -> str:
    head = {"ToUserName": FOLLOWER.openid, "FromUserName": FOLLOWER.account, "CreateTime": 1714112445, "MsgType": kind}
    return to_xml({**head, **({"Content": text} if text else {}), **fields})


@pytest_asyncio.fixture
async def rehearse() -> AsyncIterator[Rehearse]:
    """Rehearses one message against an address that answers with what it is given (None: with silence)."""
    runners = []

    async def run(*bodies: Optional[str], plan: Plan = Plan(patience=0.1)) -> tuple[bool, str]:
        left = list(bodies)

        async def answer(request: web.Request) -> web.Response:
            body = left.pop(0)
            if body is None:
                await asyncio.sleep(0.3)
            return web.Response(text=body)

        app = web.Application()
        app.router.add_post("/", answer)
        runner = web.AppRunner(app)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        shown = io.StringIO()
        async with ClientSession() as session:
            url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
            phone = Phone(Console(file=shown, soft_wrap=True))
            well = await Rehearsal(session, url, Envelope("AAAAA"), plan, phone).send(
                message(FOLLOWER, text="hi"), "hi"
            )
        return well, shown.getvalue()

    yield run
    for runner in runners:
        await runner.cleanup()


async def test_silence_for_three_tries_is_a_fault_of_the_account(rehearse: Rehearse) -> None:
    well, shown = await rehearse(None, None, None)
    assert not well
    assert shown.splitlines()[1:] == [
        "try 1: no answer in 0.1 seconds: WeChat tries again",
        "try 2: no answer in 0.1 seconds: WeChat tries again",
        "try 3: no answer in 0.1 seconds",
        f"WeChat: {OUT_OF_ORDER}",
    ]


async def test_an_answer_to_the_third_try(rehearse: Rehearse) -> None:
    well, shown = await rehearse(None, None, reply("at last"))
    assert well
    assert shown.splitlines()[-2:] == ["account:", "at last"]


async def test_answers_that_differ_are_told(rehearse: Rehearse) -> None:
    plan = Plan(tries=2, repeat=True)
    well, shown = await rehearse(reply("one"), reply("two"), plan=plan)
    assert not well
    assert "differ" in shown and "one" in shown and "two" in shown


async def test_a_repeat_without_an_answer_changes_nothing(rehearse: Rehearse) -> None:
    well, shown = await rehearse(reply("one"), "success", plan=Plan(tries=2, repeat=True))
    assert well
    assert "the follower sees it once" in shown


async def test_nonsense_is_a_fault_of_the_account(rehearse: Rehearse) -> None:
    well, shown = await rehearse('{"text": "hi"}')
    assert not well
    assert "but the reply is no XML" in shown
    assert shown.splitlines()[-1] == f"WeChat: {OUT_OF_ORDER}"


async def test_a_transfer_to_a_person(rehearse: Rehearse) -> None:
    well, shown = await rehearse(reply(kind="transfer_customer_service"))
    assert well
    assert "WeChat hands the follower to whichever agent is free." in shown
    _, shown = await rehearse(reply(kind="transfer_customer_service", KfAccount="agent@account"))
    assert "WeChat hands the follower to agent@account." in shown


def test_bubbles_are_as_wide_as_a_phone() -> None:
    shown = io.StringIO()
    phone = Phone(Console(file=shown, force_terminal=True, color_system=None, width=120, soft_wrap=True))
    text = "其他资料一致：2018至2025年的资料仍写每次申请300元，未见调价。" * 2
    phone.follower("认证要多少钱？")
    phone.account(text)
    phone.account("later", "customer service message")
    phone.system(OUT_OF_ORDER)
    lines = shown.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= CHAT_WIDTH
    assert lines[1].startswith(" ") and "认证要多少钱？" in lines[1], "the follower's bubble is on the right"
    assert "".join(line.strip("│ ") for line in lines[4:] if "│" in line).startswith(text), "nothing is cut"
    assert any("customer service message" in line for line in lines)


def test_what_is_shown_is_no_markup() -> None:
    shown = io.StringIO()
    Phone(Console(file=shown, soft_wrap=True)).account("[red]not red[/red] :smile:")
    assert "[red]not red[/red] :smile:" in shown.getvalue()
