"""One request of somebody who is logged in, and how it becomes a response."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Mapping, Optional
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from actions.rule_table.errors import RuleTableError
from bot.errors import WenhaoError
from bot.learning import deciding
from bot.review.desk import Desk
from bot.review.faults import fault_in
from bot.review.rendering import render
from bot.review.reviewers import find_reviewer
from bot.review.sessions import COOKIE, Session
from bot.review.words import LANGUAGES, language_asked_for, words_in

logger = logging.getLogger(__name__)
LANGUAGE_COOKIE = "wenhao_review_language"
HTMX = "hx-request"
# A form of everything that stands on one page of a large group.
MOST_FIELDS = 5000


@dataclass(frozen=True)
class Visit:
    """What a handler gets. `form` is empty for GET."""

    desk: Desk
    request: Request
    session: Session
    language: str
    form: FormData

    @property
    def who(self) -> str:
        """The reviewer's name."""
        return self.session.name

    @property
    def say(self) -> Mapping[str, str]:
        """The words of the pages in the reviewer's language."""
        return words_in(self.language)

    def title(self, intent: Optional[str]) -> str:
        """Returns what an intent is called, in the reviewer's language."""
        known = self.say.get(f"intent_{intent}")
        title = known or self.desk.project.title(intent, self.language)
        return title if title != intent else self._drafted.get(title) or title

    @cached_property
    def _drafted(self) -> dict[str, str]:
        """What the new intents that are being written are called, so far as they have a title."""
        drafts = [each.draft for each in deciding.drafts(self.desk.database)]
        return {draft.intent: draft.title.zh if self.language == "zh" else draft.title.en for draft in drafts}

    def fault(self, error: Exception) -> str:
        """Returns what an error says, in the reviewer's language."""
        return fault_in(self.language, str(error))

    def page(self, template: str, status: int = 200, **context: Any) -> Response:
        """Returns a page, or a part of one."""
        shared = {
            "session": self.session,
            "path": self.request.url.path,
            "here": here(self.request),
            "running": self.desk.jobs.running(),
            **context,
        }
        return HTMLResponse(render(template, self.language, shared), status_code=status)

    def asked(self, name: str, default: str = "") -> str:
        """Returns a parameter of the address."""
        return self.request.query_params.get(name, default)

    def filled(self, name: str) -> str:
        """Returns a field of the form, empty where it is missing."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""

    def filled_all(self, name: str) -> list[str]:
        """Returns all values of a field of the form."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]


Handler = Callable[[Visit], Response]
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


def signed_in(handler: Handler) -> Endpoint:
    """Makes an endpoint of a handler, which runs in a thread: for reviewers alone, and POST only with their token."""

    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        session = await desk.sessions.find(request.cookies.get(COOKIE, ""))
        if session is None:
            return to_login(request)
        form = await request.form(max_fields=MOST_FIELDS, max_files=0) if request.method == "POST" else FormData()
        if request.method == "POST" and not desk.sessions.is_csrf(session, str(form.get("csrf", ""))):
            return refused(request, "form_too_old", 403)
        return await run_in_threadpool(_answer, handler, desk, request, session, form)

    return endpoint


def _answer(handler: Handler, desk: Desk, request: Request, session: Session, form: FormData) -> Response:
    visit = Visit(desk, request, session, asked_language(request), form)
    try:
        with desk.database.begin() as connection:
            reviewer = find_reviewer(connection, session.name) if session.token_hash else None
        if session.token_hash and (reviewer is None or reviewer.token_hash != session.token_hash):
            return to_login(request)
        if reviewer is not None and LANGUAGE_COOKIE not in request.cookies:
            visit = Visit(desk, request, session, reviewer.language, form)
        return handler(visit)
    except (WenhaoError, RuleTableError) as error:
        return visit.page("error.html", 500, message=visit.fault(error))
    except Exception as error:
        # Where it failed, without the error's own words, which may hold a message.
        place = "".join(traceback.format_tb(error.__traceback__))
        logger.error("%s %s failed: %s\n%s", request.method, request.url.path, type(error).__name__, place)
        return refused(request, "failed", 500)


def asked_language(request: Request) -> str:
    """Returns the language chosen in the page before, else the browser's."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else language_asked_for(request.headers.get("accept-language", ""))


def to_login(request: Request) -> Response:
    """Sends somebody who is not logged in to the login, and afterwards back."""
    if request.headers.get("sec-fetch-site") == "cross-site" and "hop" not in request.query_params:
        # Whoever follows a link from elsewhere comes without the cookie (SameSite=Strict): the page asks once more.
        separator = "&" if request.url.query else "?"
        return HTMLResponse(
            render("hop.html", asked_language(request), {"again": f"{here(request)}{separator}hop=1"}), status_code=200
        )
    to = "/login" if request.method != "GET" else f"/login?next={quote(here(request), safe='')}"
    if HTMX in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": to})
    return RedirectResponse(to, status_code=303)


def refused(request: Request, word: str, status: int) -> Response:
    """Returns a page that says why a request was refused."""
    language = asked_language(request)
    return HTMLResponse(render("plain_error.html", language, {"message": words_in(language)[word]}), status_code=status)


def see(path: str, anchor: str = "", **query: Optional[object]) -> Response:
    """Returns a redirect to a page of ours, as it follows each change: a reload changes nothing again."""
    asked = urlencode({name: str(value) for name, value in query.items() if value not in (None, "")})
    return RedirectResponse(path + (f"?{asked}" if asked else "") + anchor, status_code=303)


def leave(visit: Visit, path: str) -> Response:
    """Returns a redirect to another page of ours as a whole, not only to the main part of it."""
    if HTMX in visit.request.headers:
        return Response(headers={"HX-Redirect": path})
    return see(path)


def here(request: Request) -> str:
    """Returns path and query of a request."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def own_path(text: str) -> str:
    """Returns a path of ours from what a form or an address says, the start page where it is anything else."""
    sound = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return text if sound and "\\" not in text else "/"
