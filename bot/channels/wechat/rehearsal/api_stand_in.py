"""WeChat's REST API, played on the loopback interface: it enforces what WeChat enforces, and keeps what it was sent.

It runs in a thread of its own, so that synchronous and asynchronous tests and the rehearsal can use it alike.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Optional

from aiohttp import web

from bot.channels.wechat.rehearsal.api_calls import CALLS, Request, answer
from bot.channels.wechat.rehearsal.api_errors import CallRefusedError
from bot.channels.wechat.rehearsal.api_followers import Follower, Received
from bot.channels.wechat.rehearsal.api_platform import LONGEST_LIFE, Platform, PlayedAccount

BASE = "/cgi-bin/"
START_SECONDS = 10


@dataclass
class Fault:
    """What happens to the next calls: of one path (as in CALLS), or of any where it is empty.

    With a `code` they are refused; else they are delayed by `seconds`, or their connection is dropped. `arrives` says
    whether a dropped call is carried out all the same. A delayed one is carried out first and answered late.
    """

    times: int
    path: str = ""
    code: int = 0
    message: str = ""
    seconds: float = 0.0
    drop: bool = False
    arrives: bool = True


class ApiStandIn:
    """The played API: `with ApiStandIn(account) as api: ... api.url ...`. Methods may be called from any thread."""

    def __init__(
        self,
        account: PlayedAccount,
        token_life: float = LONGEST_LIFE,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self._ahead = 0.0
        self.platform = Platform(account, self.now, token_life)
        self.calls: list[Request] = []
        self._host = host
        self._port = port
        self._lock = threading.RLock()
        self._faults: list[Fault] = []
        self._loop = asyncio.new_event_loop()
        self._started: list[BaseException | int] = []
        self._ready = threading.Event()
        self._over = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="WeChat's API")

    def __enter__(self) -> ApiStandIn:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def account(self) -> PlayedAccount:
        """The account that the API serves."""
        return self.platform.account

    @property
    def url(self) -> str:
        """The address to set as WECHAT_API_BASE_URL."""
        return f"http://{self._host}:{self._port}"

    def start(self) -> None:
        """Starts to answer. Raises OSError where the port is taken."""
        self._thread.start()
        self._ready.wait(START_SECONDS)
        started = self._started[0] if self._started else OSError("the played API did not start")
        if isinstance(started, BaseException):
            raise started
        self._port = started

    def stop(self) -> None:
        """Stops to answer."""
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(START_SECONDS)

    def now(self) -> float:
        """Returns the platform's time: the real one, and what was gone ahead."""
        return time.time() + self._ahead

    def go_ahead(self, seconds: float) -> None:
        """Lets time pass for the platform."""
        with self._lock:
            self._ahead += seconds

    def follow(self, openid: str, language: str = "zh_CN", **more: Any) -> None:
        """Adds a follower who has done nothing yet."""
        with self._lock:
            self.platform.followers[openid] = Follower(openid, language, **more)

    def unfollow(self, openid: str) -> None:
        """Lets a follower go; WeChat still knows the openid."""
        with self._lock:
            self.platform.followers[openid].follows = False

    def did(self, openid: str, what: str) -> None:
        """Notes that a follower (new or not) wrote ("message"), tapped ("menu"), followed ("subscribe") or scanned."""
        with self._lock:
            self.platform.followers.setdefault(openid, Follower(openid)).did(what, self.now())

    def received(self, openid: str) -> list[Received]:
        """Returns what a follower was sent, in order."""
        with self._lock:
            return list(self.platform.followers[openid].received)

    def count(self, path: str) -> int:
        """Returns how many calls of a path came in, whatever they were answered."""
        with self._lock:
            return sum(call.path == path for call in self.calls)

    def fail(self, fault: Fault) -> None:
        """Lets the next calls go wrong. Of several faults, the one that was told first comes first."""
        with self._lock:
            self._faults.append(fault)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        app = web.Application()
        app.router.add_route("*", BASE + "{path:.+}", self._handle)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._host, self._port)
            await site.start()
            self._started.append(runner.addresses[0][1])
            self._ready.set()
            await self._over.wait()
        except OSError as error:
            self._started.append(error)
            self._ready.set()
        finally:
            await runner.cleanup()

    async def _handle(self, http: web.Request) -> web.Response:
        request = Request(http.method, http.match_info["path"], http.remote or "", dict(http.query), await http.read())
        if request.path not in CALLS:
            return web.Response(status=404, text="not found")
        with self._lock:
            self.calls.append(request)
            fault = self._next_fault(request.path)
            answered = {} if fault and fault.drop and not fault.arrives else self._answer(request, fault)
        if fault and fault.seconds:
            await asyncio.sleep(fault.seconds)
        if fault and fault.drop and http.transport is not None:
            http.transport.abort()
        # As WeChat does it: not marked as JSON.
        return web.Response(text=json.dumps(answered, ensure_ascii=False), content_type="text/plain")

    def _answer(self, request: Request, fault: Optional[Fault]) -> dict[str, Any]:
        try:
            if fault and fault.code:
                raise CallRefusedError(fault.code, fault.message)
            return answer(self.platform, request)
        except CallRefusedError as error:
            return error.to_answer(request.address, len(self.calls))

    def _next_fault(self, path: str) -> Optional[Fault]:
        for fault in self._faults:
            if fault.times > 0 and fault.path in ("", path):
                fault.times -= 1
                return fault
        return None
