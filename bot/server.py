"""The server: Rasa's channels, the chat page and a health check in one Sanic application."""

from __future__ import annotations

import socket
from asyncio import AbstractEventLoop
from typing import Sequence

from rasa.core.agent import load_agent
from rasa.core.channels.channel import InputChannel, register
from rasa.core.run import close_resources
from rasa.core.utils import AvailableEndpoints, number_of_sanic_workers
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.consultant_action import shared_desk
from actions.settings import SettingsError as ActionSettingsError
from bot.channels.configured import open_channels
from bot.chat_page import chat_page
from bot.endpoints import read_endpoints
from bot.errors import ModelError, ServeError, SettingsError
from bot.models import TrainedModel
from bot.settings import Settings

WEBHOOKS = "/webhooks/"

# A message is 2,000 characters at most; a platform's envelope around it stays far below this.
MOST_BYTES = 2 * 1024 * 1024

# Connections that wait to be taken in. One that finds no room there is tried again by its sender's system only after
# seconds, and platforms give us few of them.
MOST_WAITING = 1024


def serve(settings: Settings, model: TrainedModel, host: str, port: int) -> None:
    """Serves until interrupted. Raises ServeError where the port is taken, SettingsError on wrong credentials."""
    _check_port(host, port)
    _check_answers()
    endpoints = read_endpoints(settings)
    app = build_app(open_channels(settings), endpoints, model)
    app.run(
        host=host,
        port=port,
        workers=number_of_sanic_workers(endpoints.lock_store),
        backlog=MOST_WAITING,
        access_log=False,
        motd=False,
    )


def build_app(channels: Sequence[InputChannel], endpoints: AvailableEndpoints, model: TrainedModel) -> Sanic:
    """Returns the application; the model is loaded when it starts."""
    app = Sanic("wenhao", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MOST_BYTES
    register(list(channels), app, route=WEBHOOKS)
    app.blueprint(chat_page())
    app.add_route(_health, "/health", methods=["GET"])

    async def load(running: Sanic, loop: AbstractEventLoop) -> None:
        running.ctx.agent = await load_agent(str(model.file), endpoints=endpoints, loop=loop)
        if not running.ctx.agent.is_ready():
            raise ModelError(f"{model.file} can't be loaded: train a new one with 'wenhao train'")
        # jieba reads its dictionary with the first text: better now than in somebody's five seconds.
        await running.ctx.agent.parse_message("你好 hello")

    app.register_listener(load, "before_server_start")
    app.register_listener(close_resources, "after_server_stop")
    return app


async def _health(request: Request) -> HTTPResponse:
    """Says whether the bot answers: 200 with a loaded model, 503 before."""
    agent = getattr(request.app.ctx, "agent", None)
    ready = agent is not None and agent.is_ready()
    return json({"status": "ok" if ready else "starting"}, status=200 if ready else 503)


def _check_answers() -> None:
    """Raises SettingsError or RuleTableError now rather than with the first message."""
    try:
        shared_desk().consultant()
    except ActionSettingsError as error:
        raise SettingsError(str(error)) from error


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServeError(f"{host}:{port} can't be used ({error.strerror}): choose another with --port") from error
