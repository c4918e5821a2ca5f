"""The client of Slack's Web API."""

from __future__ import annotations

from aiohttp import ClientConnectorError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT_SECONDS = 10
RATE_LIMIT_RETRIES = 5


def make_client(bot_token: str, api_base_url: str) -> AsyncWebClient:
    """Returns a client that waits where Slack says so: https://docs.slack.dev/apis/web-api/rate-limits/."""
    return AsyncWebClient(
        token=bot_token,
        base_url=api_base_url,
        timeout=TIMEOUT_SECONDS,
        # Only what surely did not arrive is sent again: after a broken connection or a server error the message
        # may already stand in the channel, and nobody wants to read it twice.
        retry_handlers=[
            AsyncConnectionErrorRetryHandler(error_types=[ClientConnectorError]),
            AsyncRateLimitErrorRetryHandler(max_retry_count=RATE_LIMIT_RETRIES),
        ],
    )
