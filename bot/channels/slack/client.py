"""The client of Slack's Web API."""

from __future__ import annotations

from typing import Optional

from aiohttp import ClientConnectorError
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.delivery.calls import TIMEOUT_SECONDS


def make_client(bot_token: Optional[str], api_base_url: str) -> AsyncWebClient:
    """Returns a client. Rate limits are the affair of `delivery/calls.py`."""
    return AsyncWebClient(
        token=bot_token,
        base_url=api_base_url,
        timeout=TIMEOUT_SECONDS,
        # Only what surely did not arrive is sent again: after a broken connection or a server error the message
        # may already stand in the channel, and nobody wants to read it twice.
        retry_handlers=[AsyncConnectionErrorRetryHandler(error_types=[ClientConnectorError])],
    )
