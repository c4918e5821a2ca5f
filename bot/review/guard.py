"""What holds for every request: known host, own origin, a bound on the body; and the headers of every response."""

from __future__ import annotations

from typing import Optional

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 1_000_000
SAFE_METHODS = ("GET", "HEAD")

# https://developer.mozilla.org/docs/Web/HTTP/Headers/Content-Security-Policy
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Other sites hear nothing of it. With `no-referrer` browsers would hide the origin of our own forms from us too
    # (https://fetch.spec.whatwg.org/#append-a-request-origin-header), and it is what they are checked by.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}


class Guard:
    """Refuses requests that no page of ours sends, before anything reads them.

    `origin` is how the browser names this server (https://review.example); None takes it from each request's Host.
    `hosts` are the names it may be asked by (a page of another name that points here is not ours); None for any.
    """

    def __init__(self, app: ASGIApp, origin: Optional[str], hosts: Optional[frozenset[str]]) -> None:
        self._app = app
        self._origin = origin
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers it with 400, 403 or 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        app = self._app if refusal is None else refusal
        await app(scope, _Bounded(receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> Optional[PlainTextResponse]:
        headers = Headers(scope=scope)
        if self._hosts is not None and host_name(headers.get("host", "")) not in self._hosts:
            return PlainTextResponse("This address is not known here: set REVIEW_URL to it.", status_code=400)
        if scope["method"] not in SAFE_METHODS and not self._is_own(scope, headers):
            return PlainTextResponse("This request comes from another site, and was refused.", status_code=403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return PlainTextResponse("This is too much at once.", status_code=413)
        return None

    def _is_own(self, scope: Scope, headers: Headers) -> bool:
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return False
        own = self._origin or f"{scope['scheme']}://{headers.get('host', '')}"
        # Programs that are no browsers send none; they have no cookie that another site could make use of.
        return headers.get("origin", own) in (own, f"{scope['scheme']}://{headers.get('host', '')}")


class _Bounded:
    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._size = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > LARGEST_BODY:
            # As if the client had gone: what is larger than it said is read no further.
            return {"type": "http.disconnect"}
        return message


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


def host_name(host: str) -> str:
    """Returns the name in a Host header, without the port and in lower case."""
    name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.split(":")[0]
    return name.lower()
