"""One call of WeChat's API over HTTP: JSON in, JSON or a named error out.

Thin asynchronous calls, not wechatpy's client. That one would block a thread for every call, and a thread can't be
stopped at its deadline. It repeats a call with a refused token without end, asks a fixed address for its tokens
whatever its base address, knows no stable_token, and keeps a token's end in each object. Its errors don't tell a call
that never left from one that may have arrived, and they quote the address with the token in it. What would be left of
it are the bodies of seven requests.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Optional

import aiohttp

from bot.channels.wechat.api.errors import BusyError, UnknownOutcomeError, UnreachableError, WeChatApiError, to_refusal

CONNECT_SECONDS = 4.0
TOTAL_SECONDS = 10.0
BUSY_PAUSES = (0.5, 2.0)
"""How long to wait before each new try where WeChat says that it is busy, in seconds."""

Answer = dict[str, Any]

# The kinds of failure before a request has left this machine.
NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)


class Transport:
    """Calls one base address. Use it in one event loop, and close it there.

    Nothing in here puts an address into a message or a log: a token or a secret stands in it.
    """

    def __init__(self, base_url: str, total: float = TOTAL_SECONDS, pauses: Sequence[float] = BUSY_PAUSES) -> None:
        self._base_url = base_url.rstrip("/")
        self._timeout = aiohttp.ClientTimeout(total=total, sock_connect=min(CONNECT_SECONDS, total))
        self._pauses = pauses
        self._session: Optional[aiohttp.ClientSession] = None

    async def call(
        self, path: str, query: Mapping[str, str], body: Optional[Mapping[str, Any]] = None, for_token: bool = False
    ) -> Answer:
        """Posts a body, or gets without one. Comes again where WeChat is busy. Raises WeChatApiError."""
        for pause in self._pauses:
            try:
                return await self._call(path, query, body, for_token)
            except BusyError:
                await asyncio.sleep(pause)
        return await self._call(path, query, body, for_token)

    async def close(self) -> None:
        """Closes the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _call(
        self, path: str, query: Mapping[str, str], body: Optional[Mapping[str, Any]], for_token: bool
    ) -> Answer:
        try:
            code, answer = _read(*await self._fetch(path, query, body))
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise _to_error(path, error) from None
        if code:
            raise to_refusal(code, str(answer.get("errmsg", "")), for_token)
        return answer

    async def _fetch(self, path: str, query: Mapping[str, str], body: Optional[Mapping[str, Any]]) -> tuple[int, bytes]:
        if self._session is None:
            # A machine that reaches WeChat by a proxy says so in its environment.
            self._session = aiohttp.ClientSession(timeout=self._timeout, trust_env=True)
        method, data = ("GET", None) if body is None else ("POST", to_json(body))
        async with self._session.request(
            method, f"{self._base_url}/{path}", params=query, data=data, headers=JSON, allow_redirects=False
        ) as response:
            return response.status, await response.read()


JSON = {"Content-Type": "application/json; charset=utf-8"}


def to_json(body: Mapping[str, Any]) -> bytes:
    """Returns a body as WeChat takes it: escaped characters (\\u4f60) would be shown to the follower as they are."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8")


def field_of(answer: Answer, name: str) -> Any:
    """Returns a field that WeChat's answer must have. Raises UnknownOutcomeError where it has none."""
    if name not in answer:
        raise UnknownOutcomeError(f"what answered is not WeChat's API: it tells no {name}")
    return answer[name]


def _read(status: int, content: bytes) -> tuple[int, Answer]:
    """Returns the error code (0 for none) and the answer."""
    try:
        # WeChat's texts may hold bare control characters, and its content type is not always JSON's.
        answer = json.loads(content.decode("utf-8", "replace"), strict=False)
        code = int(answer.get("errcode") or 0)
    except (ValueError, TypeError, AttributeError):
        answer = None
    if answer is None or status != HTTPStatus.OK:
        raise UnknownOutcomeError(f"what answered (HTTP {status}) is not WeChat's API")
    return code, answer


def _to_error(path: str, error: BaseException) -> WeChatApiError:
    if isinstance(error, NOT_SENT):
        return UnreachableError(f"WeChat's API can't be reached for {path} ({type(error).__name__})")
    return UnknownOutcomeError(f"WeChat's API broke off or was silent at {path} ({type(error).__name__})")
