"""The routes of an installation, for the Slack channel's blueprint.

Bolt's own would write cookies by a method that Rasa's Sanic does not have.
"""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html, redirect

from bot.channels.slack.installing.installer import Installer, Outcome
from bot.channels.slack.installing.oauth_settings import INSTALL_PATH, REDIRECT_PATH
from bot.channels.slack.installing.pages import HEADERS, language_of, render_page
from bot.channels.slack.installing.states import SECONDS, new_browser
from bot.state import StoreError

COOKIE = "wenhao_slack_install"
COOKIE_PATH = "/webhooks/slack"


def add_install_routes(routes: Blueprint, installer: Installer) -> None:
    """Adds `/install`, which begins an installation, and `/oauth_redirect`, where it ends."""

    @routes.get(f"/{INSTALL_PATH.rsplit('/', 1)[-1]}")
    async def install(request: Request) -> HTTPResponse:
        browser = new_browser(request.cookies.get(COOKIE, ""))
        try:
            response = redirect(await installer.begin(browser), headers=dict(HEADERS))
        except StoreError:
            return _page(request, Outcome("failed", 503, INSTALL_PATH))
        _set_cookie(response, browser, SECONDS)
        return response

    @routes.get(f"/{REDIRECT_PATH.rsplit('/', 1)[-1]}")
    async def oauth_redirect(request: Request) -> HTTPResponse:
        query = {name: values[0] for name, values in request.args.items()}
        outcome = await installer.finish(query, request.cookies.get(COOKIE, ""))
        response = _page(request, outcome)
        if outcome.page == "installed":
            _set_cookie(response, "", 0)
        return response


def _page(request: Request, outcome: Outcome) -> HTTPResponse:
    language = language_of(request.headers.get("accept-language", ""))
    page = render_page(outcome.page, language, outcome.link, outcome.team)
    return html(page, status=outcome.status, headers=dict(HEADERS))


def _set_cookie(response: HTTPResponse, value: str, seconds: int) -> None:
    response.cookies[COOKIE] = value
    # Lax, since Slack's page sends the browser back to us.
    settings = {"path": COOKIE_PATH, "max-age": seconds, "secure": True, "httponly": True, "samesite": "Lax"}
    for name, setting in settings.items():
        response.cookies[COOKIE][name] = setting
