"""The review as an ASGI application."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from importlib.resources import files
from typing import Optional

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.review.desk import Desk
from bot.review.guard import Guard
from bot.review.routes import ALL_ROUTES
from bot.review.visit import refused

THEME = "theme.css"


def review_app(desk: Desk, hosts: Optional[frozenset[str]] = None) -> Starlette:
    """Returns the application. `hosts`: see bot.review.guard.Guard."""
    app = Starlette(
        routes=[
            # Chat page and review share their colours.
            Route(f"/static/{THEME}", _theme),
            Mount("/static", StaticFiles(packages=[("bot.review", "static")])),
            *ALL_ROUTES,
        ],
        middleware=[Middleware(Guard, origin=desk.origin, hosts=hosts)],
        exception_handlers={HTTPException: _not_found, ClientDisconnect: _gone},
        lifespan=_closing,
    )
    app.state.desk = desk
    return app


@contextlib.asynccontextmanager
async def _closing(app: Starlette) -> AsyncIterator[None]:
    app.state.desk.project.neighbours()
    yield
    app.state.desk.database.close()
    await app.state.desk.sessions.close_store()


async def _theme(request: Request) -> Response:
    theme = files("bot").joinpath("page").joinpath(THEME).read_bytes()
    return Response(theme, media_type="text/css", headers={"Cache-Control": "no-cache"})


async def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refused(request, "not_found" if error.status_code == 404 else "not_understood", error.status_code)


async def _gone(request: Request, error: Exception) -> Response:
    return refused(request, "not_understood", 413)
