"""Rasa's input channel for Slack: the route."""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Mapping, Optional

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json
from slack_bolt.adapter.sanic.async_handler import to_async_bolt_request, to_sanic_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot.channels.slack.answering import Answering
from bot.channels.slack.client import make_client
from bot.channels.slack.listeners import make_app
from bot.channels.slack.output import SlackOutput
from bot.channels.slack.signature import is_from_slack, is_ssl_check

API_BASE_URL = "https://slack.com/api/"
NEEDED = {
    "bot_token": "Bot User OAuth Token on the page OAuth & Permissions",
    "signing_secret": "Signing Secret on the page Basic Information",
}


class SlackInput(InputChannel):
    """Direct messages and mentions in, replies in the same place out."""

    def __init__(self, bot_token: str, signing_secret: str, api_base_url: str = API_BASE_URL) -> None:
        self._signing_secret = signing_secret
        self._client = make_client(bot_token, api_base_url)

    @classmethod
    def name(cls) -> str:
        """Returns the channel's name, which is also its place in the URL."""
        return SlackOutput.name()

    @classmethod
    def from_credentials(cls, credentials: Optional[Mapping[str, Any]]) -> SlackInput:
        """Returns the channel that `credentials.yml` describes. Refuses to start without a secret."""
        given = {key: str(value).strip() for key, value in (credentials or {}).items() if value}
        for key, place in NEEDED.items():
            if not given.get(key):
                raise RasaException(
                    f"The Slack channel has no `{key}`. Set it in credentials.yml to the {place} of the app's settings "
                    "on https://api.slack.com/apps."
                )
        return cls(given["bot_token"], given["signing_secret"], given.get("api_base_url") or API_BASE_URL)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Returns the routes: `/` says that it lives, `/webhook` takes Slack's events and interactions."""
        app = make_app(self._client, self._signing_secret, Answering(self._client, on_new_message).start)
        verifier = SignatureVerifier(self._signing_secret)
        routes = Blueprint("slack_webhook", "slack")

        @routes.get("/")
        async def health(_: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @routes.post("/webhook")
        async def webhook(request: Request) -> HTTPResponse:
            return await _receive(request, app, verifier)

        return routes


async def _receive(request: Request, app: AsyncApp, verifier: SignatureVerifier) -> HTTPResponse:
    headers = request.headers
    timestamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    # bolt checks the signature too, but reads the body before and writes the bodies it refuses to the log.
    if not is_from_slack(verifier, request.body, timestamp, signature):
        return empty(200) if is_ssl_check(request.body) else json({"error": "invalid request"}, 401)
    try:
        bolt_request = to_async_bolt_request(request)
    except (ValueError, AttributeError):
        return json({"error": "the body is no JSON object"}, 400)
    return to_sanic_response(await app.async_dispatch(bolt_request))
