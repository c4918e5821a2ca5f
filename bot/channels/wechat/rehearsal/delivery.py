"""Delivers a push as WeChat does: five seconds a try, up to three tries.

https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal, Optional

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.wechat.rehearsal.envelope import Envelope
from bot.channels.wechat.rehearsal.errors import UnreadableReplyError
from bot.channels.wechat.rehearsal.pushes import Push
from bot.channels.wechat.rehearsal.replies import Reply, read_reply

MOST_TRIES = 3
PATIENCE_SECONDS = 5.0

Outcome = Literal["answered", "acknowledged", "silent", "unreadable", "refused", "unreachable"]
NO_REPLY = ("", "success")
FINAL: tuple[Outcome, ...] = ("refused", "unreachable")
"""The outcomes that another try can't change."""


@dataclass(frozen=True)
class Try:
    """What came of one try. `says` is what came back where it is no reply: a reason, an error, a body."""

    number: int
    milliseconds: int
    outcome: Outcome
    reply: Optional[Reply] = None
    status: int = 0
    says: str = ""


@dataclass(frozen=True)
class Plan:
    """How often to try, and how long. Seconds. `repeat`: go on although an answer came."""

    tries: int = MOST_TRIES
    repeat: bool = False
    gap: float = 0.0
    patience: float = PATIENCE_SECONDS


async def deliver(
    session: ClientSession, url: str, envelope: Envelope, push: Push, plan: Plan = Plan()
) -> AsyncIterator[Try]:
    """Delivers a push until it is answered, or as often as the plan says, and yields each try when it is over."""
    for number in range(1, plan.tries + 1):
        if number > 1 and plan.gap:
            await asyncio.sleep(plan.gap)
        tried = await _try(session, url, envelope, push, number, plan.patience)
        yield tried
        if tried.outcome in FINAL or (tried.outcome != "silent" and not plan.repeat):
            return


async def _try(session: ClientSession, url: str, envelope: Envelope, push: Push, number: int, patience: float) -> Try:
    sealed = envelope.seal(push)
    begun = time.perf_counter()

    def told(outcome: Outcome, reply: Optional[Reply] = None, status: int = 0, says: str = "") -> Try:
        return Try(number, round((time.perf_counter() - begun) * 1000), outcome, reply, status, says)

    try:
        async with session.post(
            url,
            params=sealed.query,
            data=sealed.body,
            headers={"Content-Type": "text/xml"},
            # By itself aiohttp rounds five seconds up to the next full one.
            timeout=ClientTimeout(total=patience, ceil_threshold=patience + 1),
        ) as response:
            body = await response.text(errors="replace")
            status = response.status
    except asyncio.TimeoutError:
        return told("silent")
    except ClientError as error:
        return told("unreachable", says=str(error))
    if status != HTTPStatus.OK:
        return told("refused", status=status, says=" ".join(body.split())[:200])
    if body in NO_REPLY:
        return told("acknowledged", says=body)
    try:
        return told("answered", read_reply(envelope.open(body), push.follower), status)
    except UnreadableReplyError as error:
        return told("unreadable", says=str(error))
