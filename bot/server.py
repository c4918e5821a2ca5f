"""The server: Rasa's channels, the chat page and a health check in one Sanic application."""

from __future__ import annotations

import logging
import socket
from asyncio import AbstractEventLoop
from typing import Sequence

from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage, register
from rasa.core.run import close_resources
from rasa.core.tracker_store import InMemoryTrackerStore
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
from bot.models import TrainedModel
from bot.pages import Pages, pages_blueprint
from bot.settings import Settings
from bot.sqlite import hold_open
from bot.state import shared_store
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
    app = build_app(open_channels(settings), endpoints, model)
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


def build_app(channels: Sequence[InputChannel], endpoints: AvailableEndpoints, model: TrainedModel) -> Sanic:
    """Returns the application; the model is loaded when it starts."""
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
        running.ctx.loading = loop.create_task(_load(running, endpoints, model))

    async def end(running: Sanic, loop: AbstractEventLoop) -> None:
        running.ctx.loading.cancel()
        if running.ctx.agent.is_ready():
            await close_resources(running, loop)
        await running.ctx.agent.stop()

    app.register_listener(begin, "before_server_start")
    app.register_listener(end, "after_server_stop")
    return app


async def _load(running: Sanic, endpoints: AvailableEndpoints, model: TrainedModel) -> None:
    """Loads the model; a server that can't do that ends."""
    agent: WorkingAgent = running.ctx.agent
    try:
        await agent.start(lambda: _warm_agent(endpoints, model))
        running.ctx.open_database = hold_open(agent.tracker_store)
    except Exception:
        logger.exception("The model %s can't be loaded.", model.file)
        running.ctx.has_failed = True
        running.stop()


async def _warm_agent(endpoints: AvailableEndpoints, model: TrainedModel) -> Agent:
    """Loads a model and answers two questions that nobody asked, in a conversation that is not kept.

    jieba reads its dictionary with the first text, and much else is made at first use: better now than in somebody's
    five seconds. Raises ModelError.
    """
    agent = await load_agent(str(model.file), endpoints=endpoints)
    if not agent.is_ready():
        raise ModelError(f"{model.file} can't be loaded")
    store, agent.processor.tracker_store = agent.processor.tracker_store, InMemoryTrackerStore(agent.domain)
    try:
        for text in ("公众号认证要多少钱？", "How do the two accounts differ?"):
            await agent.handle_message(UserMessage(text, CollectingOutputChannel(), "warm-up"))
    finally:
        agent.processor.tracker_store = store
    return agent


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
