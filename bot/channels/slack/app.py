"""The bolt app: routes what Slack sends to the listeners, and answers Slack once they are done."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.channels.slack.desk import Desk
from bot.channels.slack.installing.manifest import ASK_ABOUT_THIS
from bot.channels.slack.listeners.commands import on_command, on_shortcut
from bot.channels.slack.listeners.home import on_home_opened, on_thread_started
from bot.channels.slack.listeners.modals import on_submission
from bot.channels.slack.listeners.posts import on_post
from bot.channels.slack.listeners.presses import on_press
from bot.channels.slack.listeners.source import Source
from bot.channels.slack.payloads import UnreadableError
from bot.state import StoreError

logger = logging.getLogger(__name__)

Body = dict[str, Any]
Result = TypeVar("Result")
Listener = Callable[[Desk, Source, Body], Awaitable[None]]
BoltListener = Callable[[AsyncAck, AsyncBoltContext, Body], Awaitable[None]]

ANOTHER_SHAPE = "a payload of another shape"

EVENTS: dict[str, Listener] = {
    "message": on_post,
    "app_mention": on_post,
    "app_home_opened": on_home_opened,
    "assistant_thread_started": on_thread_started,
}


class SlackApp(AsyncApp):
    """A bolt app for which nothing that Slack sends is an error of ours."""

    def __init__(self, desk: Desk, **settings: Any) -> None:
        super().__init__(**settings)
        self._desk = desk

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        try:
            return await super().async_dispatch(req)
        except Exception:
            # bolt reads some payloads without a look, also for its own error handlers.
            self._desk.refusals.count(ANOTHER_SHAPE)
            return BoltResponse(status=200)


def make_app(desk: Desk) -> AsyncApp:
    """Returns an app whose answer to Slack waits for its listeners, so that what is acknowledged is in the inbox."""
    app = SlackApp(
        desk,
        name="wenhao",
        logger=_bolt_logger(),
        authorize=_authorize,
        process_before_response=True,
        # The webhook has looked at the signature already, on the raw bytes.
        request_verification_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        raise_error_for_unhandled_request=True,
    )
    for event, listener in EVENTS.items():
        app.event(event)(_heard(desk, listener))
    anything = re.compile("")
    app.command(anything)(_heard(desk, on_command))
    app.shortcut({"type": "message_action", "callback_id": ASK_ABOUT_THIS})(_heard(desk, on_shortcut))
    app.action(anything)(_heard(desk, on_press))
    app.view_submission(anything)(_submitted(desk))
    app.error(_Failures(desk).answer)
    return app


def _heard(desk: Desk, listener: Listener) -> BoltListener:
    async def heard(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
        await _run(listener(desk, Source.of(context), body))
        await ack()

    return heard


def _submitted(desk: Desk) -> BoltListener:
    async def submitted(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
        errors = await _run(on_submission(desk, Source.of(context), body))
        await (ack(response_action="errors", errors=errors) if errors else ack())

    return submitted


class _ListenerError(Exception):
    """A listener failed where the payload was as it should be."""


async def _run(listening: Awaitable[Result]) -> Result:
    try:
        return await listening
    except (UnreadableError, StoreError):
        raise
    except Exception as error:
        raise _ListenerError from error


class _Failures:
    """What Slack is told where something fails: that we have it, or to send it again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def answer(self, error: Exception) -> BoltResponse:
        if isinstance(error, StoreError):
            logger.error("What Slack sent can't be kept: %s", error)
        elif isinstance(error, _ListenerError):
            logger.error("What Slack sent could not be handled", exc_info=error.__cause__)
        elif isinstance(error, BoltUnhandledRequestError):
            # Accepted: Slack would repeat a refused event, and stop sending any after too many.
            return BoltResponse(status=200)
        else:
            # What bolt itself can't read is no better the next time.
            known = isinstance(error, UnreadableError)
            self._desk.refusals.count(str(error) if known else ANOTHER_SHAPE)
            return BoltResponse(status=200)
        self._desk.refusals.count("a request that Slack is to repeat")
        return BoltResponse(status=503)


async def _authorize(context: AsyncBoltContext) -> AuthorizeResult:
    """Lets bolt go on without a call of Slack: the tokens are looked up when they are needed, not before we answer."""
    return AuthorizeResult(
        enterprise_id=context.enterprise_id,
        team_id=context.team_id,
        bot_user_id=context.bot_user_id,
    )


def _bolt_logger() -> logging.Logger:
    # bolt warns of settings that it finds in the environment and that are none of its affair here.
    quiet = logging.getLogger("slack_bolt.wenhao")
    quiet.setLevel(logging.ERROR)
    return quiet
