"""Slack's requests over a websocket that we open: https://docs.slack.dev/apis/events-api/using-socket-mode/."""

from __future__ import annotations

import asyncio
import logging
from typing import Optional

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

logger = logging.getLogger(__name__)


class SocketMode:
    """One websocket of an app, opened anew whenever it ends. What was not acknowledged Slack sends again."""

    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient) -> None:
        self._app = app
        self._app_token = app_token
        self._client = client
        self._handler: Optional[AsyncSocketModeHandler] = None
        self._connecting: Optional[asyncio.Task[None]] = None

    def start(self) -> None:
        """Begins to connect, and tries until it succeeds. Call it in the server's event loop."""
        self._handler = AsyncSocketModeHandler(self._app, self._app_token, web_client=self._client)
        self._connecting = asyncio.ensure_future(self._connect(self._handler))

    async def stop(self) -> None:
        """Closes the websocket."""
        if self._connecting:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        if self._handler:
            await self._handler.close_async()

    async def _connect(self, handler: AsyncSocketModeHandler) -> None:
        await handler.connect_async()
        logger.info("Connected to Slack by Socket Mode.")
