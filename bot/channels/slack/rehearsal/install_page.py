"""Slack's page on which somebody allows an app into their workspace, or refuses it."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from bot.channels.slack.rehearsal.desk import Desk, Grant


async def authorize(desk: Desk, request: web.Request) -> web.StreamResponse:
    """Sends the browser back as if the person had pressed a button: https://docs.slack.dev/authentication/installing-with-oauth/."""
    asked, oauth = request.query, desk.oauth
    if asked.get("client_id") != oauth.client_id:
        return web.Response(status=400, text="invalid_client_id")
    back = asked.get("redirect_uri", "")
    if not back:
        return web.Response(status=400, text="bad_redirect_uri")
    answer = {"state": asked.get("state", "")}
    if oauth.allows:
        code = desk.new_id("code.")
        scopes = tuple(filter(None, asked.get("scope", "").split(",")))
        oauth.codes[code] = Grant(oauth.team, oauth.user, scopes, back)
        answer["code"] = code
    else:
        answer["error"] = "access_denied"
    return web.Response(status=302, headers={"Location": f"{back}?{urlencode(answer)}"})
