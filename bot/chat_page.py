"""The chat page: one page of static files that talks to Rasa's REST channel."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

INDEX = "index.html"

CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}

# Trusted types make the browser itself refuse to turn a string of the bot's into markup.
POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Page, scripts and words belong together: after an update nobody may see a mixture.
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Asset:
    """One file of the page, as it is served."""

    name: str
    body: bytes

    @property
    def path(self) -> str:
        return "/" if self.name == INDEX else f"/page/{self.name}"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[PurePath(self.name).suffix]


def chat_page() -> Blueprint:
    """Returns the blueprint that serves the page at `/` and its files below `/page/`.

    The files are read here, once; a request reads nothing and can name nothing else.
    See https://developer.mozilla.org/docs/Web/HTTP/Headers/Content-Security-Policy.
    """
    blueprint = Blueprint("chat_page")
    for asset in read_assets():
        route = f"chat_page_{asset.name.replace('.', '_')}"
        blueprint.add_route(_serve(asset), asset.path, methods=["GET", "HEAD"], name=route)
    return blueprint


def read_assets() -> Iterator[Asset]:
    """Yields every file of the page."""
    for file in files("bot").joinpath("page").iterdir():
        if PurePath(file.name).suffix in CONTENT_TYPES:
            yield Asset(file.name, file.read_bytes())


def _serve(asset: Asset) -> Callable[[Request], Coroutine[Any, Any, HTTPResponse]]:
    async def serve(request: Request) -> HTTPResponse:
        return raw(asset.body, headers=HEADERS, content_type=asset.content_type)

    return serve
