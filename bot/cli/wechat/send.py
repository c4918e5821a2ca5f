"""`wenhao wechat send`: WeChat played against a running Wenhao, as a follower sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

import typer

from bot.cli.common import STDOUT, start
from bot.cli.lines import read_lines
from bot.cli.wechat.deed import Deed, EventName, ModeName, choose
from bot.errors import WenhaoError

if TYPE_CHECKING:
    from bot.channels.wechat.rehearsal.delivery import Plan

DEFAULT_URL = "http://127.0.0.1:5005"
PATH = "/webhooks/wechat/webhook"
READING_SECONDS = 1.0
"""A follower reads what follows an answer before he writes on."""


@dataclass(frozen=True)
class Scene:
    """Who writes to whom, where, and how it is delivered."""

    mode: Optional[ModeName]
    follower: str
    account: str
    url: str
    plan: Plan
    api_port: Optional[int]
    wait: float
    agent: Optional[str]


def send(
    text: Optional[str] = typer.Argument(None, help="What the follower writes. Without it: each line of the input."),
    mode: Optional[ModeName] = typer.Option(None, help="Default: safe with WECHAT_ENCODING_AES_KEY, plain without."),
    repeat: Optional[int] = typer.Option(None, min=2, max=9, help="Deliver so often, answered or not."),
    voice: bool = typer.Option(False, "--voice", help="As a voice message. Without a text, nothing was recognised."),
    image: bool = typer.Option(False, "--image", help="Send a picture."),
    location: bool = typer.Option(False, "--location", help="Send a location."),
    link: bool = typer.Option(False, "--link", help="Send a link."),
    event: Optional[EventName] = typer.Option(None, help="An event in place of a message."),
    key: str = typer.Option("", help="The menu entry, QR code's scene, page or agent; with a text, the tapped entry."),
    follower: str = typer.Option("oRehearsal_follower_00000001", help="The OpenID: another one, another conversation."),
    account: str = typer.Option("gh_rehearsal001", help="The account's original id (原始ID)."),
    url: str = typer.Option(DEFAULT_URL, help="Where Wenhao runs."),
    gap: float = typer.Option(0.0, min=0.0, help="Seconds between the tries."),
    api_port: Optional[int] = typer.Option(
        None,
        min=1,
        max=65535,
        help="Play WeChat's API there. Wenhao must run with WECHAT_API_BASE_URL=http://127.0.0.1:N.",
    ),
    wait: float = typer.Option(10.0, min=0.0, help="With --api-port: seconds to wait for what Wenhao sends by itself."),
    agent: Optional[str] = typer.Option(None, help="With --api-port: the agent who is online, such as kf1@account."),
) -> None:
    """Play WeChat's server against a running Wenhao, and show what a follower would see.

    Without a text, each line of the input is a message of the same follower; Ctrl-D ends.

    Messages are signed, and encrypted in compatible and safe mode, with the same settings that `wenhao serve` reads.
    A try that hears nothing for five seconds is given up, up to three. Exit code 1 where the follower is left without
    what they should see.
    """
    deed = choose({"voice": voice, "image": image, "location": location, "link": link}, event, key)
    if text is not None and deed.needs_text and not text.strip():
        raise WenhaoError('nothing is sent: write a text, as in wenhao wechat send "认证要多少钱？"')
    from bot.channels.wechat.rehearsal.delivery import MOST_TRIES, Plan

    plan = Plan(tries=repeat or MOST_TRIES, repeat=repeat is not None, gap=gap)
    scene = Scene(mode, follower, account, url, plan, api_port, wait, agent)
    well = asyncio.run(_send(text, deed, scene))
    if not well:
        raise typer.Exit(1)


async def _send(text: Optional[str], deed: Deed, scene: Scene) -> bool:
    settings = start()
    from aiohttp import ClientSession

    from bot.channels.wechat.rehearsal.envelope import Envelope
    from bot.channels.wechat.rehearsal.pushes import Follower
    from bot.cli.wechat.account import read_account
    from bot.cli.wechat.calls import played_api
    from bot.cli.wechat.phone import Phone
    from bot.cli.wechat.rehearsal import Rehearsal

    account = read_account(settings)
    mode = scene.mode or (ModeName.SAFE if account.encoding_aes_key else ModeName.PLAIN)
    envelope = Envelope(account.token, mode.value, account.app_id, account.encoding_aes_key)
    phone, follower = Phone(STDOUT), Follower(scene.follower, scene.account)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession())
        calls = None
        if scene.api_port:
            played = played_api(account, scene.api_port, phone, follower.openid, scene.agent)
            calls = await stack.enter_async_context(played)
        rehearsal = Rehearsal(session, scene.url.rstrip("/") + PATH, envelope, scene.plan, phone)
        well = True
        async for line in _texts(text, deed):
            if calls and deed.trigger:
                calls.did(deed.trigger)
            well = await rehearsal.send(deed.to_push(follower, line), deed.shown(line)) and well
            if calls and text is None:
                await asyncio.sleep(READING_SECONDS)
        if calls:
            await asyncio.sleep(scene.wait)
    return well


async def _texts(text: Optional[str], deed: Deed) -> AsyncIterator[str]:
    if text is not None or not deed.needs_text:
        yield text or ""
        return
    async for line in read_lines():
        yield line
