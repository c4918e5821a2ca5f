"""Rasa's input channel for Slack: the routes, and what runs beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.line import Line
from bot.channels.slack.app import make_app
from bot.channels.slack.client import make_client
from bot.channels.slack.credentials import SlackCredentials
from bot.channels.slack.desk import Desk, OnNewMessage
from bot.channels.slack.installing.many_workspaces import ManyWorkspaces, open_many_workspaces
from bot.channels.slack.installing.oauth_settings import OauthSettings
from bot.channels.slack.output import SlackOutput
from bot.channels.slack.review import ReviewProvider, no_review
from bot.channels.slack.socket_mode import SocketMode
from bot.channels.slack.webhook import Webhook
from bot.channels.slack.workspaces import OneWorkspace, Workspaces
from bot.feedback import Feedback, note_feedback
from bot.settings import Settings
from bot.state import Store, shared_store


class SlackInput(InputChannel):
    """What people write and press in Slack in, answers in the same place out."""

    def __init__(
        self, credentials: SlackCredentials, store: Optional[Store] = None, review: ReviewProvider = no_review
    ) -> None:
        self._credentials = credentials
        self._store = store
        self._review = review
        self._app: Optional[Sanic] = None

    @classmethod
    def name(cls) -> str:
        """Returns the channel's name, which is also its place in the URL."""
        return SlackOutput.name()

    @classmethod
    def from_credentials(cls, credentials: Optional[Mapping[str, Any]]) -> SlackInput:
        """Returns the channel that `credentials.yml` describes. Refuses to start without a secret."""
        given = SlackCredentials.read(credentials)
        OauthSettings.read(given.installing, Settings.read().public_url, given.api_base_url)
        return cls(given)

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Returns the routes: `/` says that it lives, `/webhook` takes Slack's events and interactions."""
        given = self._credentials
        store = self._store or shared_store()
        many = open_many_workspaces(given.installing, Settings.read(), store, given.api_base_url)
        desk = Desk(given, store, _workspaces(given, many), on_new_message, self._review, self._note)
        app = make_app(desk)
        webhook = Webhook(app, given.signing_secret, desk.refusals)
        routes = Blueprint("slack_webhook", "slack")
        if many:
            many.listen(app)
            many.add_routes(routes)

        @routes.get("/")
        async def health(_: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            desk.inbox.notice_wait(Line(request.transport).waited())
            return await webhook.receive(request)

        web = make_client(None, given.api_base_url)
        socket = SocketMode(app, given.app_token, web) if given.app_token else None
        _run_beside(routes, desk, socket)

        @routes.listener("before_server_start")
        async def remember(running: Sanic, _: object) -> None:
            self._app = running

        return routes

    async def _note(self, conversation: str, feedback: Feedback) -> None:
        assert self._app is not None, "feedback comes while the server runs"
        await note_feedback(self._app.ctx.agent, conversation, feedback)


def _workspaces(given: SlackCredentials, many: Optional[ManyWorkspaces]) -> Workspaces:
    if many:
        return many.workspaces(lambda token: make_client(token, given.api_base_url))
    return OneWorkspace(make_client(given.bot_token, given.api_base_url))


def _run_beside(routes: Blueprint, desk: Desk, socket: Optional[SocketMode]) -> None:
    """Lets inbox and socket live as long as the server."""

    @routes.listener("after_server_start")
    async def start(*_: object) -> None:
        await desk.inbox.start()
        if socket:
            socket.start()

    @routes.listener("before_server_stop")
    async def stop(*_: object) -> None:
        if socket:
            await socket.stop()
        await desk.background.stop()
        await desk.inbox.stop()
