"""Calls of Slack's Web API: waits where Slack says so, and tells a refusal from an outcome nobody knows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10
MOST_WAITS = 12
LONGEST_WAIT = 120.0
MOST_WORD_CHARACTERS = 80

RATE_LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
# What Slack says when it is Slack that failed: the call may have had its effect or not.
UNKNOWN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
# What Slack says of a token that is worth nothing (any more): its successor may yet be set.
ABOUT_TOKENS = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})

Answer = dict[str, Any]


class RefusedError(Exception):
    """Slack refused a call: it had no effect, and the same call never will. `error` is Slack's word for why."""

    def __init__(self, method: str, error: str) -> None:
        super().__init__(f"Slack refused {method}: {error}")
        self.error = error


class UnansweredError(Exception):
    """A call had its effect or not, or may have it later: it is to be tried again."""


async def call(client: AsyncWebClient, method: str, arguments: Mapping[str, Any]) -> Answer:
    """Calls a method of the Web API. Raises RefusedError, or UnansweredError.

    https://docs.slack.dev/apis/web-api/#responses
    """

    async def once() -> Answer:
        response = await client.api_call(method, json=dict(arguments))
        return dict(response.data)

    return await _patiently(method, once)


async def read(client: AsyncWebClient, method: str, arguments: Mapping[str, Any]) -> Answer:
    """Calls a method that reads and takes its arguments in the address. Raises RefusedError, or UnansweredError."""

    async def once() -> Answer:
        response = await client.api_call(method, http_verb="GET", params=dict(arguments))
        return dict(response.data)

    return await _patiently(method, once)


async def respond(url: str, arguments: Mapping[str, Any]) -> Answer:
    """Posts to a response address. Raises RefusedError where it is used up or too old, or UnansweredError.

    https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses
    """

    async def once() -> Answer:
        client = AsyncWebhookClient(url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
        response = await client.send_dict(dict(arguments))
        if response.status_code != 200:
            word = response.body.strip()[:MOST_WORD_CHARACTERS]
            raise _failure("response_url", response.status_code, word, response.headers)
        return {}

    return await _patiently("response_url", once)


class _RateLimitedError(Exception):
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


async def _patiently(method: str, once: Callable[[], Awaitable[Answer]]) -> Answer:
    for waits in range(MOST_WAITS):
        try:
            return await _judged(method, once)
        except _RateLimitedError as limited:
            seconds = limited.seconds or min(2.0**waits, LONGEST_WAIT)
            logger.info("Slack asks to wait %.0f s before %s.", seconds, method)
            await asyncio.sleep(seconds)
    raise UnansweredError(f"Slack asked to wait too often before {method}.")


async def _judged(method: str, once: Callable[[], Awaitable[Answer]]) -> Answer:
    try:
        return await once()
    except SlackApiError as error:
        # Where the answer was no JSON, slack_sdk hands over aiohttp's own response.
        response = error.response
        status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
        data = getattr(response, "data", None)
        word = data.get("error") if isinstance(data, dict) else None
        raise _failure(method, status, word or "", response.headers) from error
    except (SlackClientError, ClientError, asyncio.TimeoutError, ValueError, AttributeError) as error:
        raise UnansweredError(f"Slack did not answer {method} ({type(error).__name__}).") from error


def _failure(method: str, status: int, word: str, headers: Mapping[str, str]) -> Exception:
    if status == 429 or word in RATE_LIMITED:
        return _RateLimitedError(_seconds(headers))
    if not word or status >= 500 or word in UNKNOWN | ABOUT_TOKENS:
        return UnansweredError(f"Slack failed at {method}: {word or status}")
    return RefusedError(method, word)


def _seconds(headers: Mapping[str, str]) -> float:
    """Returns how long Slack asks to wait, or 0 where it does not say."""
    told = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(told) if str(told).isdigit() else 0.0
