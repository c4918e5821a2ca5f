"""The two ways from Slack to an app: signed requests, and a socket that the app opened."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any, Optional, Protocol

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.signature import SignatureVerifier

from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.channels.slack.rehearsal.deliveries import Delivery

REASON = "http_timeout"
MOST_SECONDS = 30.0


@dataclass(frozen=True)
class Acknowledgement:
    """How the app took a delivery. `status` is None where it did not answer at all, as `says` tells then."""

    status: Optional[int]
    seconds: float
    says: str = ""


class Wire(Protocol):
    """A way to the app."""

    async def send(self, delivery: Delivery, retry: int = 0) -> Acknowledgement:
        """Delivers once; `retry` counts the repetitions."""


class HttpWire:
    """Signed requests: https://docs.slack.dev/authentication/verifying-requests-from-slack/."""

    def __init__(self, url: str, signing_secret: str) -> None:
        self._url = url
        self._verifier = SignatureVerifier(signing_secret)

    async def send(self, delivery: Delivery, retry: int = 0) -> Acknowledgement:
        body, timestamp = delivery.body, str(int(time.time()))
        signature = self._verifier.generate_signature(timestamp=timestamp, body=body) or ""
        headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}
        if retry:
            headers.update({"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": REASON})
        headers["Content-Type"] = delivery.content_type
        begun = time.monotonic()
        try:
            async with (
                ClientSession(timeout=ClientTimeout(MOST_SECONDS)) as session,
                session.post(self._url, data=body, headers=headers) as response,
            ):
                says = await response.text(errors="replace")
                return Acknowledgement(response.status, time.monotonic() - begun, says)
        except (ClientError, OSError) as error:
            return Acknowledgement(None, time.monotonic() - begun, type(error).__name__)
        except asyncio.TimeoutError:
            return Acknowledgement(None, time.monotonic() - begun, "timeout")


class SocketWire:
    """Envelopes over the app's websocket."""

    def __init__(self, slack: ApiStandIn, patience: float) -> None:
        self._slack = slack
        self._patience = patience

    async def send(self, delivery: Delivery, retry: int = 0) -> Acknowledgement:
        begun = time.monotonic()
        try:
            await self._slack.until(lambda: self._slack.sockets.connections, self._patience)
        except AssertionError:
            return Acknowledgement(None, time.monotonic() - begun, "no socket")
        begun = time.monotonic()
        taken: Any = await self._slack.sockets.push(
            delivery.kind, delivery.payload, retry=retry, reason="timeout" if retry else ""
        )
        seconds = time.monotonic() - begun
        if taken is None:
            return Acknowledgement(None, seconds, "timeout")
        return Acknowledgement(200, seconds, json.dumps(taken, ensure_ascii=False) if taken else "")
