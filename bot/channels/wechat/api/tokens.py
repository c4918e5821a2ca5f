"""The account's access token, shared by all processes and fetched by one of them at a time.

https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken.html: WeChat gives everybody the same
token until five minutes before its end, and a new one from then on; the old one stays good to its end. A forced new
one is for a token that does not count any more: 20 a day, half a minute apart.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Optional

from bot.channels.wechat.account import Account
from bot.channels.wechat.api.errors import RefusedError, UnreachableError, WeChatApiError, to_refusal
from bot.channels.wechat.api.transport import Transport, field_of
from bot.state import Store
from bot.state.store import DAY, update

logger = logging.getLogger(__name__)

RENEW_BEFORE = 240.0
"""How many seconds before its end a token is renewed: within the last five minutes, when WeChat gives a new one."""

SOONEST_RENEWAL = 30.0
FORCED_A_DAY = 20
FORCED_APART = 30.0

CLAIM_SECONDS = 15.0
"""How long one process may be at it. Should it die, another goes on after that."""

WORK_SECONDS = 12.0
PATIENCE = 20.0
POLL = 0.05

FAILURE_SECONDS = 3.0
"""How long a failure counts for all processes, so that they don't ask one after the other for what WeChat refuses."""


@dataclass(frozen=True)
class Token:
    """An access token: good until `until`, to be renewed from `renew_at` on (seconds since 1970)."""

    value: str = field(repr=False)
    until: float
    renew_at: float


class Tokens:
    """Access tokens of one account. All its methods raise WeChatApiError or StoreError."""

    def __init__(
        self, account: Account, store: Store, transport: Transport, clock: Callable[[], float] = time.time
    ) -> None:
        self._account = account
        self._store = store
        self._transport = transport
        self._clock = clock
        self._key = f"wechat:token:{account.app_id}"
        self._claim = f"{self._key}:claim"
        self._failure = f"{self._key}:failure"

    async def get(self) -> str:
        """Returns a token that counts as far as anybody knows."""
        token = await self._kept()
        if token is not None and self._clock() < token.renew_at:
            return token.value
        return await self._renew("")

    async def instead_of(self, refused: str) -> str:
        """Returns another token than one that WeChat refused; the same where WeChat has no other to give."""
        return await self._renew(refused)

    async def _renew(self, refused: str) -> str:
        """Fetches a token, or waits for the process that does."""
        waited = 0.0
        while waited < PATIENCE:
            failure = await self._store.get(self._failure)
            # A claim carries a mark of its own, so that one who was late does not give back another's.
            claim = secrets.token_hex(8)
            if failure is None and await self._store.add(self._claim, claim, CLAIM_SECONDS):
                try:
                    return await self._fetch(refused)
                finally:
                    await self._store.replace(self._claim, claim, claim, 0.001)
            token = await self._kept()
            if token is not None and token.value != refused:
                return token.value
            if failure is not None:
                raise _to_error(json.loads(failure))
            await asyncio.sleep(POLL)
            waited += POLL
        raise UnreachableError("another process is still waiting for an access token")

    async def _fetch(self, refused: str) -> str:
        token = await self._kept()
        if token is not None and token.value != refused and self._clock() < token.renew_at:
            return token.value
        try:
            return await asyncio.wait_for(self._fetch_other(refused), WORK_SECONDS)
        except (WeChatApiError, asyncio.TimeoutError) as error:
            known = _to_data(error)
            await self._store.put(self._failure, json.dumps(known), FAILURE_SECONDS)
            if token is None or token.value == refused:
                raise _to_error(known) from None
            logger.warning("WeChat's access token is not renewed yet, the present one still counts: %s", error)
            return token.value

    async def _fetch_other(self, refused: str) -> str:
        token = await self._ask(force=False)
        if token.value == refused and await self._may_force():
            logger.warning("WeChat refuses its own access token: a new one is forced.")
            token = await self._ask(force=True)
        return token.value

    async def _ask(self, force: bool) -> Token:
        body = {
            "grant_type": "client_credential",
            "appid": self._account.app_id,
            "secret": self._account.app_secret,
            "force_refresh": force,
        }
        answer = await self._transport.call("cgi-bin/stable_token", {}, body, for_token=True)
        now, life = self._clock(), float(field_of(answer, "expires_in"))
        until = now + life
        token = Token(
            str(field_of(answer, "access_token")),
            until,
            max(until - RENEW_BEFORE, now + min(SOONEST_RENEWAL, life / 2)),
        )
        await self._store.put(self._key, json.dumps(asdict(token)), life)
        return token

    async def _kept(self) -> Optional[Token]:
        kept = await self._store.get(self._key)
        if kept is None:
            return None
        token = Token(**json.loads(kept))
        return token if self._clock() < token.until else None

    async def _may_force(self) -> bool:
        """Whether it is time to force a token; if so, it counts as done."""
        now, allowed = self._clock(), False

        def change(forced: Any) -> list[float]:
            nonlocal allowed
            lately = [at for at in forced or [] if at > now - DAY]
            allowed = len(lately) < FORCED_A_DAY and (not lately or lately[-1] <= now - FORCED_APART)
            return [*lately, now] if allowed else lately

        await update(self._store, f"{self._key}:forced", change, DAY)
        return allowed


def _to_data(error: BaseException) -> dict[str, Any]:
    if isinstance(error, RefusedError):
        return {"code": error.code, "message": error.message}
    return {"code": 0, "message": type(error).__name__}


def _to_error(failure: dict[str, Any]) -> WeChatApiError:
    if failure["code"]:
        return to_refusal(failure["code"], failure["message"], for_token=True)
    # Even if the request for a token arrived: the call that it was for did not.
    return UnreachableError(f"no access token came from WeChat's API ({failure['message']})")
