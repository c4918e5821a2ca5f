"""The server: Rasa's channels, the chat page and a health check in one Sanic application."""

from __future__ import annotations

import logging
import socket
from asyncio import AbstractEventLoop
from typing import Optional, Sequence

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, register
from rasa.core.run import close_resources
from rasa.core.utils import AvailableEndpoints, number_of_sanic_workers
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.consultant_action import shared_desk
from actions.settings import SettingsError as ActionSettingsError
from bot.body_length import refuse_unsound_lengths
from bot.channels.configured import open_channels
from bot.channels.counters import counters_blueprint
from bot.chat_page import chat_page
from bot.endpoints import read_endpoints
from bot.errors import ModelError, ServeError, SettingsError
from bot.following import Follower, note_failure
from bot.learning.promoting.served import models_before
from bot.loading import load_warm
from bot.models import TrainedModel
from bot.pages import Pages, pages_blueprint
from bot.settings import Settings
from bot.sqlite import hold_open
from bot.state import shared_store
from bot.watching import Watch
from bot.working_agent import WorkingAgent

logger = logging.getLogger(__name__)

WEBHOOKS = "/webhooks/"

# A message is 2,000 characters at most; a platform's envelope around it stays far below this.
MOST_BYTES = 2 * 1024 * 1024

# Connections that wait to be taken in. One that finds no room there is tried again by its sender's system only after
# seconds, and platforms give us few of them.
MOST_WAITING = 1024


def serve(settings: Settings, model: TrainedModel, host: str, port: int) -> None:
    """Serves until interrupted.

    Raises ServeError where the port is taken, SettingsError on wrong credentials, ModelError where the model is broken.
    """
    _check_port(host, port)
    _check_answers()
    endpoints = read_endpoints(settings)
    app = build_app(open_channels(settings), endpoints, model, settings)
    app.run(
        host=host,
        port=port,
        workers=number_of_sanic_workers(endpoints.lock_store),
        backlog=MOST_WAITING,
        access_log=False,
        motd=False,
    )
    if getattr(app.ctx, "has_failed", False):
        raise ModelError(f"{model.file} can't be loaded: train a new one with 'wenhao train'")


def build_app(
    channels: Sequence[InputChannel], endpoints: AvailableEndpoints, model: TrainedModel, settings: Settings
) -> Sanic:
    """Returns the application; the model is loaded when it starts, and followed by those that are promoted later."""
    app = Sanic("wenhao", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MOST_BYTES
    refuse_unsound_lengths(app)
    register(list(channels), app, route=WEBHOOKS)
    app.blueprint(chat_page())
    app.blueprint(pages_blueprint(Pages(shared_store())))
    app.blueprint(counters_blueprint())
    app.add_route(_health, "/health", methods=["GET"])

    async def begin(running: Sanic, loop: AbstractEventLoop) -> None:
        running.ctx.agent = WorkingAgent()
        # The channels take messages in while the model is loaded: platforms don't wait for it.
        running.ctx.loading = loop.create_task(_load(running, endpoints, model, settings))

    async def end(running: Sanic, loop: AbstractEventLoop) -> None:
        running.ctx.loading.cancel()
        if hasattr(running.ctx, "watch"):
            running.ctx.watch.end()
        if running.ctx.agent.is_ready():
            await close_resources(running, loop)
        await running.ctx.agent.stop()

    app.register_listener(begin, "before_server_start")
    app.register_listener(end, "after_server_stop")
    return app


async def _load(running: Sanic, endpoints: AvailableEndpoints, model: TrainedModel, settings: Settings) -> None:
    """Loads the model, then follows the pointer; a server that can load none ends."""
    agent: WorkingAgent = running.ctx.agent
    loaded: list[TrainedModel] = []
    try:
        await agent.start(lambda: _load_first(endpoints, [model, *models_before(settings)], loaded, settings))
        running.ctx.open_database = hold_open(agent.tracker_store)
        watch = running.ctx.watch = Watch(settings, lambda: agent.tracker_store)
        follower = running.ctx.follower = Follower(settings, endpoints, agent, loaded[0], watch.begin)
    except Exception:
        logger.exception("The model %s can't be loaded.", model.file)
        running.ctx.has_failed = True
        running.stop()
        return
    watch.begin()
    await follower.follow()


async def _load_first(
    endpoints: AvailableEndpoints, models: Sequence[TrainedModel], loaded: list[TrainedModel], settings: Settings
) -> Agent:
    """Loads the first model that can be loaded: the serving one, else those that served before it.

    The one that was loaded is added to `loaded`. Raises what the first of them raised where none can be.
    """
    failed: Optional[Exception] = None
    for model in models:
        try:
            agent = await load_warm(endpoints, model)
        except Exception as error:
            failed = failed or error
            logger.error("%s can't be loaded (%s): 'wenhao rollback' returns to an earlier one", model.file, error)
            continue
        loaded.append(model)
        if failed is not None:
            note_failure(settings, models[0].file.name, failed, model)
        return agent
    assert failed is not None
    raise failed


async def _health(request: Request) -> HTTPResponse:
    """Says whether the bot answers, and with which model: 200 with a loaded one, 503 before.

    `failed` names a model that was promoted and could not be loaded, where there is one.
    """
    follower = getattr(request.app.ctx, "follower", None)
    if follower is None:
        return json({"status": "starting"}, status=503)
    told = {"status": "ok", "model": follower.model.file.name}
    return json({**told, "failed": follower.failed} if follower.failed else told)


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
