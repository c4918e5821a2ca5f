"""The addresses at which an interaction may be answered, five times within half an hour."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.channels.slack.rehearsal.desk import Desk
from bot.channels.slack.rehearsal.message_methods import content_of
from bot.channels.slack.rehearsal.method_call import RefusedError

RESPONSE_PATH = "/response/"
ERRORS = {"unknown": (404, "no_service"), "expired": (404, "expired_url"), "used": (404, "used_url")}


async def respond(desk: Desk, request: web.Request) -> web.StreamResponse:
    """Takes a message: https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses."""
    failure = desk.failures.take("response_url")
    if failure.drop and request.transport:
        request.transport.abort()
    if failure.error or failure.drop or failure.status != 200:
        return web.Response(status=failure.status if failure.status != 200 else 500, text=failure.error or "")
    try:
        body: Any = await request.json()
        if not isinstance(body, dict):
            raise ValueError(body)
    except ValueError:
        return web.Response(status=400, text="invalid_payload")
    try:
        ticket = desk.response_urls.use(request.match_info["id"])
    except KeyError as error:
        status, text = ERRORS[error.args[0]]
        return web.Response(status=status, text=text)
    warnings: list[str] = []
    try:
        if not body.get("delete_original"):
            content_of(body.get("text"), body.get("blocks"), warnings)
    except RefusedError as refused:
        return web.Response(status=400, text=refused.answer["error"])
    desk.record.warnings.extend(f"response_url: {warning}" for warning in warnings)
    to = {"channel": ticket.channel, "user": ticket.user, "team": ticket.team, "ts": desk.workspace.new_ts()}
    desk.record.keep("responses", {"response_type": "ephemeral", **body, **to})
    return web.Response(text="ok")
