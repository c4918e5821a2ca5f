"""The workspaces that Wenhao is installed in, each with a client of its own."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable
from typing import Optional, Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.delivery.calls import RefusedError, UnansweredError, call
from bot.channels.slack.installing.errors import NotInstalledError

__all__ = ["NotInstalledError", "OneWorkspace", "Workspaces"]

logger = logging.getLogger(__name__)

SECONDS_UNTIL_ASKED_AGAIN = 60.0


class Workspaces(Protocol):
    """Hands out the client of a workspace."""

    async def client(self, team: str, enterprise: Optional[str] = None) -> AsyncWebClient:
        """Returns the client of a workspace. Raises NotInstalledError."""

    async def bot_user(self, team: str, enterprise: Optional[str] = None) -> Optional[str]:
        """Returns the id under which Wenhao itself writes there, or None where that is not to be had now."""


class OneWorkspace:
    """The workspace of the one bot token in the settings."""

    def __init__(self, client: AsyncWebClient, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._bot_user: Optional[str] = None
        self._asked = -math.inf
        self._asking = asyncio.Lock()

    async def client(self, team: str, enterprise: Optional[str] = None) -> AsyncWebClient:
        return self._client

    async def bot_user(self, team: str, enterprise: Optional[str] = None) -> Optional[str]:
        # One asks and the others wait, so that they go on in their order.
        async with self._asking:
            if self._bot_user is None and self._clock() - self._asked >= SECONDS_UNTIL_ASKED_AGAIN:
                await self._ask()
            return self._bot_user

    async def _ask(self) -> None:
        """https://docs.slack.dev/reference/methods/auth.test/"""
        try:
            self._bot_user = (await call(self._client, "auth.test", {})).get("user_id")
        except (RefusedError, UnansweredError) as error:
            logger.warning("Slack does not say who Wenhao is there: %s", error)
        self._asked = self._clock()
