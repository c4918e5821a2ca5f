"""`wenhao wechat send`: WeChat played against a running Wenhao, as a follower sees it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Optional

import typer

from bot.cli.common import STDOUT, start
from bot.cli.lines import read_lines
from bot.errors import WenhaoError

if TYPE_CHECKING:
    from bot.channels.wechat.rehearsal.delivery import Plan
    from bot.channels.wechat.rehearsal.pushes import Follower, MessageKind, Push

DEFAULT_URL = "http://127.0.0.1:5005"
PATH = "/webhooks/wechat/webhook"


class ModeName(str, Enum):
    """How messages travel, as the platform's page names it."""

    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"


class EventName(str, Enum):
    """What a follower can do beside writing."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    SCAN = "SCAN"
    CLICK = "CLICK"
    VIEW = "VIEW"
    LOCATION = "LOCATION"
    KF_CREATE_SESSION = "kf_create_session"
    KF_CLOSE_SESSION = "kf_close_session"


@dataclass(frozen=True)
class Deed:
    """What the follower does: a message of a kind, or an event. `key` is what tapping or scanning adds."""

    kind: MessageKind = "text"
    event: Optional[EventName] = None
    key: str = ""

    @property
    def needs_text(self) -> bool:
        """Whether there is nothing to send without words."""
        return self.event is None and self.kind == "text"

    def shown(self, text: str) -> str:
        """Returns what the chat shows of it."""
        what = [f"event {self.event.value}", self.key] if self.event else [] if self.needs_text else [self.kind]
        return " ".join(filter(None, [f"[{' '.join(filter(None, what))}]" if what else "", text]))


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
) -> None:
    """Play WeChat's server against a running Wenhao, and show what a follower would see.

    Messages are signed, and encrypted in compatible and safe mode, with the same settings that `wenhao serve` reads.
    A try that hears nothing for five seconds is given up, up to three. Exit code 1 where the follower is left without
    what they should see.
    """
    deed = _deed({"voice": voice, "image": image, "location": location, "link": link}, event, key)
    if text is not None and deed.needs_text and not text.strip():
        raise WenhaoError('nothing is sent: write a text, as in wenhao wechat send "认证要多少钱？"')
    from bot.channels.wechat.rehearsal.delivery import MOST_TRIES, Plan

    plan = Plan(tries=repeat or MOST_TRIES, repeat=repeat is not None, gap=gap)
    well = asyncio.run(_send(text, mode, deed, (follower, account), url.rstrip("/") + PATH, plan))
    if not well:
        raise typer.Exit(1)


def _deed(kinds: dict[MessageKind, bool], event: Optional[EventName], key: str) -> Deed:
    chosen = [kind for kind, is_chosen in kinds.items() if is_chosen]
    if len(chosen) + (event is not None) > 1:
        raise WenhaoError("one thing at a time: choose one of --voice, --image, --location, --link and --event")
    return Deed(chosen[0] if chosen else "text", event, key)


async def _send(
    text: Optional[str],
    mode: Optional[ModeName],
    deed: Deed,
    who: tuple[str, str],
    url: str,
    plan: Plan,
) -> bool:
    settings = start()
    from aiohttp import ClientSession

    from bot.channels.wechat.rehearsal.envelope import Envelope
    from bot.channels.wechat.rehearsal.pushes import Follower
    from bot.cli.wechat.account import read_account
    from bot.cli.wechat.phone import Phone
    from bot.cli.wechat.rehearsal import Rehearsal

    set_up = read_account(settings)
    used = mode or (ModeName.SAFE if set_up.encoding_aes_key else ModeName.PLAIN)
    envelope = Envelope(set_up.token, used.value, set_up.app_id, set_up.encoding_aes_key)
    follower = Follower(*who)
    well = True
    async with ClientSession() as session:
        rehearsal = Rehearsal(session, url, envelope, plan, Phone(STDOUT))
        if text is not None or not deed.needs_text:
            return await rehearsal.send(_to_push(deed, follower, text or ""), deed.shown(text or ""))
        async for line in read_lines():
            well = await rehearsal.send(_to_push(deed, follower, line), line) and well
    return well


def _to_push(deed: Deed, follower: Follower, text: str) -> Push:
    from bot.channels.wechat.rehearsal.pushes import event, message

    if deed.event:
        return event(follower, deed.event.value, deed.key)
    return message(follower, deed.kind, text, menu_entry=deed.key)
