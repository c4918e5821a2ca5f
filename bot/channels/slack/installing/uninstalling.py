"""Forgets a workspace that threw the app out.

https://docs.slack.dev/reference/events/app_uninstalled/ and https://docs.slack.dev/reference/events/tokens_revoked/
"""

from __future__ import annotations

import logging
import time
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.channels.slack.installing.installations import Installations

logger = logging.getLogger(__name__)


def forget_when_uninstalled(app: AsyncApp, installations: Installations) -> None:
    """Lets a bolt app remove a workspace's tokens when Slack says that they are worth nothing any more."""

    async def forget(context: AsyncBoltContext, body: dict[str, Any]) -> None:
        at = float(body.get("event_time") or time.time())
        if await installations.forget(context.team_id, context.enterprise_id, at):
            logger.info("Forgot the Slack workspace %s", context.team_id)

    async def on_revoked(context: AsyncBoltContext, body: dict[str, Any]) -> None:
        # People's own tokens are none of ours: the app asks for no user scopes.
        if (body["event"].get("tokens") or {}).get("bot"):
            await forget(context, body)

    app.event("app_uninstalled")(forget)
    app.event("tokens_revoked")(on_revoked)
