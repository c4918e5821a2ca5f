"""Slack's requests over HTTP."""

from __future__ import annotations

import logging
from typing import Optional

from sanic.request import Request
from sanic.response import HTTPResponse, empty, json
from slack_bolt.adapter.sanic.async_handler import to_async_bolt_request, to_sanic_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot.channels.slack.refusals import Refusals
from bot.channels.slack.signature import is_from_slack, is_ssl_check

logger = logging.getLogger(__name__)


class Webhook:
    """Takes the requests that bear Slack's signature. Without a signing secret it takes none."""

    def __init__(self, app: AsyncApp, signing_secret: Optional[str], refusals: Refusals) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret) if signing_secret else None
        self._refusals = refusals

    async def receive(self, request: Request) -> HTTPResponse:
        """Answers one request. Its body is read once its signature is known to fit."""
        if not self._is_signed(request):
            if is_ssl_check(request.body):
                return empty(200)
            self._refusals.count("a request without a signature that fits")
            return json({"error": "invalid request"}, 401)
        try:
            bolt_request = to_async_bolt_request(request)
        except (ValueError, AttributeError, TypeError, LookupError):
            self._refusals.count("a body that is no JSON object")
            return json({"error": "the body is no JSON object"}, 400)
        return to_sanic_response(await self._app.async_dispatch(bolt_request))

    def _is_signed(self, request: Request) -> bool:
        headers = request.headers
        timestamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
        return self._verifier is not None and is_from_slack(self._verifier, request.body, timestamp, signature)
