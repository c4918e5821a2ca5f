"""What the bot listens to in Slack."""

from __future__ import annotations

import logging
import re
from typing import Any, Callable, Optional

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.blocks import SUGGESTION
from bot.channels.slack.question import Question, from_post, from_press

logger = logging.getLogger(__name__)


def make_app(client: AsyncWebClient, signing_secret: str, ask: Callable[[Question], None]) -> AsyncApp:
    """Returns a bolt app that hands every question in Slack to `ask`."""
    app = AsyncApp(
        name="wenhao",
        client=client,
        signing_secret=signing_secret,
        attaching_conversation_kwargs_enabled=False,
        raise_error_for_unhandled_request=True,
    )

    async def on_post(context: AsyncBoltContext, body: dict[str, Any]) -> None:
        _ask_if_any(from_post(_workspace(context), body), ask)

    async def on_press(ack: AsyncAck, context: AsyncBoltContext, body: dict[str, Any]) -> None:
        await ack()
        _ask_if_any(from_press(_workspace(context), body), ask)

    app.event("message")(on_post)
    app.event("app_mention")(on_post)
    app.action(re.compile(f"^{SUGGESTION}"))(on_press)
    app.error(_on_error)
    return app


def _workspace(context: AsyncBoltContext) -> Optional[str]:
    # An app installed for a whole organisation may be told no workspace.
    return context.team_id or context.enterprise_id


def _ask_if_any(question: Optional[Question], ask: Callable[[Question], None]) -> None:
    if question:
        ask(question)


async def _on_error(error: Exception) -> Optional[BoltResponse]:
    if isinstance(error, BoltUnhandledRequestError):
        # Accepted: Slack would repeat a refused event, and stop sending any after too many.
        return BoltResponse(status=200)
    logger.error("Could not handle a request of Slack", exc_info=error)
    return None
