"""How many messages a follower may still be sent without asking (customer service messages).

Source: https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage. It gives a count and a
time for each thing that a follower does, and does not say how they go together. Its like for mini programs does: they
don't add up. So a message counts against everything that is open, and the largest rest is what is left; that is never
more than WeChat grants. Where it grants more, the follower gets the rest with his next message.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from bot.channels.wechat.api.errors import (
    CountUsedUpError,
    UnknownOutcomeError,
    WeChatApiError,
    WindowClosedError,
)
from bot.state import Store
from bot.state.store import update

Trigger = Literal["message", "menu", "subscribe", "scan"]
"""What a follower did. Of the custom menu only taps that come as CLICK or as a scanned code count, not those that open
a page (VIEW). A tap on a message menu comes as a text with a `bizmsgmenuid`; it counts as "menu", not as "message".
"""


@dataclass(frozen=True)
class Grant:
    """So many messages within so many seconds."""

    count: int
    seconds: float


GRANTS: dict[Trigger, Grant] = {
    "message": Grant(5, 48 * 60 * 60),
    "menu": Grant(3, 60),
    "subscribe": Grant(3, 60),
    "scan": Grant(3, 60),
}
LONGEST = max(grant.seconds for grant in GRANTS.values())

Open = dict[str, list[float]]
"""What a follower did to when it counts (seconds since 1970) and how many messages it still gives."""


class Ledger:
    """Counts for the followers of one account. Every method raises StoreError where the store is away."""

    def __init__(self, app_id: str, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._app_id = app_id
        self._store = store
        self._clock = clock

    async def triggered(self, openid: str, trigger: Trigger) -> None:
        """Notes what a follower did just now: its count and time begin anew."""
        grant = GRANTS[trigger]
        await self._change(openid, lambda open_: {**open_, trigger: [self._clock() + grant.seconds, grant.count]})

    async def closed(self, openid: str) -> None:
        """Notes that nothing may be sent any more until something happens anew: the follower left."""
        await self._change(openid, lambda _: {})

    async def take(self, openid: str) -> bool:
        """Spends one message where one is left, and says whether it did."""
        taken = False

        def spend(open_: Open) -> Open:
            nonlocal taken
            taken = _left(open_) > 0
            return {trigger: [until, max(left - 1, 0)] for trigger, (until, left) in open_.items()}

        await self._change(openid, spend)
        return taken

    async def left(self, openid: str) -> int:
        """Returns how many messages may be sent now."""
        return _left(await self._change(openid, lambda open_: open_))

    async def refused(self, openid: str, error: WeChatApiError) -> None:
        """Takes note of why a message that was taken could not be sent.

        Where WeChat says that none is left, none is until the next trigger. One whose outcome is unknown stays spent;
        any other did not go out, and is given back.
        """
        if isinstance(error, (WindowClosedError, CountUsedUpError)):
            await self.closed(openid)
        elif not isinstance(error, UnknownOutcomeError):
            await self._change(openid, _given_back)

    async def _change(self, openid: str, change: Callable[[Open], Open]) -> Open:
        def changed(kept: Any) -> Any:
            now = self._clock()
            open_ = {trigger: [until, left] for trigger, (until, left) in (kept or {}).items() if until > now}
            return change(open_) or None

        return await update(self._store, f"wechat:quota:{self._app_id}:{openid}", changed, LONGEST) or {}


def _left(open_: Open) -> int:
    return int(max((left for _, left in open_.values()), default=0))


def _given_back(open_: Open) -> Open:
    full = {str(trigger): grant.count for trigger, grant in GRANTS.items()}
    return {trigger: [until, min(left + 1, full[trigger])] for trigger, (until, left) in open_.items()}
