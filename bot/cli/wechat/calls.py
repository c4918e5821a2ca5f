"""WeChat's API, played beside a rehearsal: what Wenhao sends by itself, and the menu that it sets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Optional

from bot.channels.wechat.account import Account
from bot.channels.wechat.rehearsal.api_followers import Received
from bot.channels.wechat.rehearsal.api_platform import PlayedAccount
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn
from bot.channels.wechat.rehearsal.errors import RehearsalError
from bot.cli.wechat.phone import Phone

HOW = "customer service message"
LOOK_SECONDS = 0.1


@dataclass
class Calls:
    """Shows on a phone what comes in at the played API."""

    api: ApiStandIn
    phone: Phone
    openid: str
    _shown: int = 0
    _refused: int = 0
    _menu: Optional[dict[str, object]] = field(default=None)

    def did(self, what: str) -> None:
        """Tells WeChat what the follower did: it decides how many messages he may be sent."""
        self.api.did(self.openid, what)

    async def watch(self) -> None:
        """Shows what comes in, until it is cancelled."""
        while True:
            self.look()
            await asyncio.sleep(LOOK_SECONDS)

    def look(self) -> None:
        """Shows what came in since the last look."""
        received = self.api.received(self.openid)
        for message in received[self._shown :]:
            self.phone.account(_written(message), HOW)
        self._shown = len(received)
        menu = self.api.platform.menu
        if menu != self._menu:
            self._menu = menu
            names = " | ".join(entry["name"] for entry in menu["button"]) if menu else "none any more"
            self.phone.note(f"The account's menu: {names}")


def _written(message: Received) -> str:
    tappable = [f"▸ {text}   (tap: --key {id_})" for id_, text in message.items]
    return "\n".join(filter(None, [message.text, *tappable, message.tail]))


@asynccontextmanager
async def played_api(
    account: Account, port: int, phone: Phone, openid: str, agent: Optional[str] = None
) -> AsyncIterator[Calls]:
    """Plays the API on a port of this machine, and shows what comes in. Raises RehearsalError where it can't.

    `agent` is online at customer service; without one, nobody is.
    """
    if not account.can_call:
        raise RehearsalError("--api-port needs WECHAT_APP_ID and WECHAT_APP_SECRET, as Wenhao has them")
    played = PlayedAccount(account.app_id, account.app_secret, account.kind or "subscription", account.verified)
    api = ApiStandIn(played, port=port)
    try:
        api.start()
    except OSError as error:
        raise RehearsalError(f"port {port} can't be used for WeChat's API ({error.strerror})") from error
    api.follow(openid)
    if agent:
        api.platform.agents.append({"kf_account": agent, "status": 1, "kf_id": "1001", "accepted_case": 0})
    calls = Calls(api, phone, openid)
    watching = asyncio.ensure_future(calls.watch())
    try:
        yield calls
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        calls.look()
        api.stop()
