"""Logging in and out, and the language of the pages."""

from __future__ import annotations

import asyncio
from typing import Optional

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.review.desk import Desk
from bot.review.rendering import render
from bot.review.reviewers import Reviewer, reviewer_with
from bot.review.sessions import COOKIE, SESSION_LIFE
from bot.review.visit import LANGUAGE_COOKIE, Visit, asked_language, own_path, signed_in
from bot.review.words import LANGUAGES, words_in

YEAR = 365 * 24 * 60 * 60
# Longer waits are not kept in the line: the answer says so at once.
LONGEST_KEPT = 4.0


async def show(request: Request) -> Response:
    """The login: a field for a reviewer's token."""
    return _form(request)


async def enter_by_link(request: Request) -> Response:
    """The link's page. It only has a button: what looks at links before people do must not use them up."""
    return _form(request, link=request.query_params.get("token", ""))


async def log_in(request: Request) -> Response:
    """Opens a session for a reviewer's token, or for that of a link."""
    desk: Desk = request.app.state.desk
    address = request.client.host if request.client else ""
    wait = desk.attempts.wait(address)
    if wait > LONGEST_KEPT:
        return _form(request, "login_wait", 429, retry_after=round(wait) + 1)
    await asyncio.sleep(wait)
    form = await request.form(max_fields=10, max_files=0)
    link, token = str(form.get("link", "")), str(form.get("token", ""))
    cookie = await _by_link(desk, link) if link else await _by_token(desk, token)
    if cookie is None:
        desk.attempts.failed(address)
        return _form(request, "login_link_used" if link else "login_wrong", 403)
    desk.attempts.succeeded(address)
    response = RedirectResponse(own_path(str(form.get("next", "/"))), status_code=303)
    response.set_cookie(
        COOKIE, cookie, SESSION_LIFE, path="/", secure=is_secure(request), httponly=True, samesite="strict"
    )
    return response


async def _by_link(desk: Desk, link: str) -> Optional[str]:
    name = await desk.sessions.use_link(link)
    return None if name is None else await desk.sessions.open(name)


async def _by_token(desk: Desk, token: str) -> Optional[str]:
    def find() -> Optional[Reviewer]:
        with desk.database.begin() as connection:
            return reviewer_with(connection, token)

    reviewer = await run_in_threadpool(find) if token else None
    return None if reviewer is None else await desk.sessions.open(reviewer.name, reviewer.token_hash)


def _form(request: Request, trouble: str = "", status: int = 200, link: str = "", retry_after: int = 0) -> Response:
    language = asked_language(request)
    said = words_in(language)[trouble].format(seconds=retry_after) if trouble else ""
    context = {"trouble": said, "link": link, "next": own_path(request.query_params.get("next", "/"))}
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return HTMLResponse(render("login.html", language, context), status_code=status, headers=headers)


async def log_out(request: Request) -> Response:
    """Ends the session: its cookie is worth nothing from now on."""
    desk: Desk = request.app.state.desk
    session = await desk.sessions.find(request.cookies.get(COOKIE, ""))
    form = await request.form(max_fields=10, max_files=0)
    if session is not None and desk.sessions.is_csrf(session, str(form.get("csrf", ""))):
        await desk.sessions.close(session)
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(COOKIE, path="/", secure=is_secure(request), httponly=True, samesite="strict")
    return response


def choose_language(visit: Visit) -> Response:
    """Keeps the language in the browser, and goes back to the page it was chosen on."""
    response = RedirectResponse(own_path(visit.filled("next")), status_code=303)
    chosen = visit.filled("language")
    if chosen in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE, chosen, YEAR, path="/", secure=is_secure(visit.request), httponly=True, samesite="strict"
        )
    return response


def is_secure(request: Request) -> bool:
    """Says whether the browser came by https: to us, or to what stands before us."""
    origin = request.app.state.desk.origin or ""
    return request.url.scheme == "https" or bool(origin.startswith("https:"))


ROUTES = [
    Route("/login", show, methods=["GET"]),
    Route("/login", log_in, methods=["POST"]),
    Route("/enter", enter_by_link, methods=["GET"]),
    Route("/logout", log_out, methods=["POST"]),
    Route("/language", signed_in(choose_language), methods=["POST"]),
]
