"""How the stand-in answers a call of the Web API: who calls, with what, and what comes of it."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from typing import Any, Optional

from aiohttp import web

from bot.channels.slack.rehearsal.desk import Desk
from bot.channels.slack.rehearsal.failures import Failure
from bot.channels.slack.rehearsal.method_call import METHODS, Call, Json, Method, RefusedError
from bot.channels.slack.rehearsal.record import MadeCall
from bot.channels.slack.rehearsal.workspace import Token

JSON = "application/json"


class Answerer:
    """Answers calls at `/api/<method>`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answers one call. https://docs.slack.dev/apis/web-api/"""
        name = request.match_info["method"]
        failure = self._desk.failures.take(name)
        if failure.delay:
            await asyncio.sleep(failure.delay)
        arguments = await self._arguments(request)
        token = _token_of(request, arguments)
        at = self._desk.workspace.clock()
        headers: dict[str, str] = {}
        try:
            _raise_if_told(failure)
            answer = self._run(name, arguments, token) if failure.drop != "before" else None
            status = 200
        except RefusedError as refused:
            answer, status, headers = refused.answer, refused.status, refused.headers
        if failure.drop:
            self._desk.record.calls.append(MadeCall(name, arguments, token, status, None, at))
            return _cut(request)
        self._desk.record.calls.append(MadeCall(name, arguments, token, status, answer, at))
        return web.json_response(answer, status=status, headers={**self._scope_headers(name, token), **headers})

    async def _arguments(self, request: web.Request) -> Json:
        if request.content_type == JSON:
            try:
                body: Any = await request.json()
            except ValueError:
                return {}
            return body if isinstance(body, dict) else {}
        form = await request.post()
        return {**request.query, **{name: str(value) for name, value in form.items()}, **_client(request)}

    def _run(self, name: str, arguments: Json, token: str) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise RefusedError("unknown_method", req_method=name)
        call = Call(self._desk, name, arguments, self._known(method, token))
        if method.scopes:
            call.need_scope(*method.scopes)
        answer = method.run(call)
        if call.warnings:
            self._desk.record.warnings.extend(f"{name}: {warning}" for warning in call.warnings)
            answer = {**answer, "response_metadata": {**answer.get("response_metadata", {}), "warnings": call.warnings}}
        return answer

    def _known(self, method: Method, token: str) -> Optional[Token]:
        if not token and method.by_app:
            return None
        if not token:
            raise RefusedError("not_authed")
        known = self._desk.workspace.tokens.get(token)
        if known is None:
            raise RefusedError("invalid_auth")
        if known.refusal:
            raise RefusedError(known.refusal)
        if known.expires is not None and self._desk.workspace.clock() >= known.expires:
            raise RefusedError("token_expired")
        if known.is_app_token != method.by_app:
            raise RefusedError("not_allowed_token_type")
        return known

    def _scope_headers(self, name: str, token: str) -> dict[str, str]:
        known = self._desk.workspace.tokens.get(token)
        if known is None or known.scopes is None:
            return {}
        accepted = METHODS[name].scopes if name in METHODS else ()
        return {"X-OAuth-Scopes": ",".join(sorted(known.scopes)), "X-Accepted-OAuth-Scopes": ",".join(accepted)}


def _raise_if_told(failure: Failure) -> None:
    if failure.error is not None or failure.status != 200:
        headers = {"Retry-After": str(failure.retry_after)} if failure.retry_after is not None else {}
        raise RefusedError(failure.error or "internal_error", failure.status, headers)


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


def _token_of(request: web.Request, arguments: Json) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else str(arguments.get("token") or "")


def _client(request: web.Request) -> dict[str, str]:
    """The client's id and secret, where it names them as HTTP does."""
    scheme, _, code = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Basic":
        return {}
    try:
        id, _, secret = b64decode(code).decode("utf-8").partition(":")
    except ValueError:
        return {}
    return {"client_id": id, "client_secret": secret}
