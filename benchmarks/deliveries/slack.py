"""Slack's server: signed events, each delivered until it is acknowledged or the tries are used up.

https://docs.slack.dev/apis/events-api/#retries
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time

import aiohttp

from benchmarks.deliveries.plan import QUESTION, Plan
from benchmarks.deliveries.record import Record
from benchmarks.deliveries.stand_in import CHANNEL

SECRET = "signing-secret-of-the-load"  # noqa: S105 - of a server on the loopback interface
TOKEN = "xoxb-of-the-load"  # noqa: S105
PATIENCE = 3.0
PAUSES = (0.0, 60.0, 300.0)
"""How long Slack waits before each new try, in seconds. It tries no more after that."""


class Slack:
    """Delivers direct messages, one channel each, and notes what comes back."""

    def __init__(self, session: aiohttp.ClientSession, url: str, plan: Plan, record: Record) -> None:
        self._session = session
        self._url = f"{url}/webhooks/slack/webhook"
        self._plan = plan
        self._record = record

    @staticmethod
    def settings(plan: Plan, api: str) -> dict[str, str]:
        """Returns the environment of a server for this workspace."""
        return {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_BASE_URL": f"{api}/api/"}

    async def deliver(self, number: int) -> None:
        """Delivers one event as often as the plan says, and on until it is acknowledged."""
        body = _to_body(number)
        is_acknowledged = await self._try(number, body, 0, "")
        for count, pause in enumerate(PAUSES, 1):
            is_first = count == 1
            if is_acknowledged and not (is_first and self._plan.manner == "stubborn"):
                return
            await asyncio.sleep(self._plan.gap if is_first and is_acknowledged else pause)
            again = await self._try(number, body, count, "http_timeout" if is_acknowledged else "connection_failed")
            is_acknowledged = is_acknowledged or again

    async def fetch(self, number: int) -> None:
        """Does nothing: what Slack's users don't see is not kept for them."""

    async def _try(self, number: int, body: bytes, count: int, reason: str) -> bool:
        """Delivers once. Says whether it was acknowledged."""
        headers = {"Content-Type": "application/json", **_sign(body)}
        if count:
            headers |= {"X-Slack-Retry-Num": str(count), "X-Slack-Retry-Reason": reason}
        began = time.monotonic()
        try:
            async with self._session.post(
                self._url, data=body, headers=headers, timeout=aiohttp.ClientTimeout(PATIENCE)
            ) as answer:
                await answer.read()
        except asyncio.TimeoutError:
            self._record.failed(number, "no answer in 3 s", is_taken=True)
            return False
        except aiohttp.ClientConnectorError:
            self._record.failed(number, "connection refused")
            return False
        except (aiohttp.ClientError, OSError):
            self._record.failed(number, "connection broken off")
            return False
        if not 200 <= answer.status < 300:
            self._record.failed(number, f"status {answer.status}")
            return False
        self._record.acknowledged(number, time.monotonic() - began)
        return True


def _to_body(number: int) -> bytes:
    event = {"type": "message", "channel_type": "im", "channel": f"{CHANNEL}{number}", "user": f"U{number}"}
    event |= {"text": QUESTION, "ts": f"1700000000.{number:06}"}
    outer = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": f"Ev{number}", "event": event}
    return json.dumps(outer, ensure_ascii=False).encode()


def _sign(body: bytes) -> dict[str, str]:
    timestamp = str(int(time.time()))
    base = b":".join((b"v0", timestamp.encode(), body))
    digest = hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}
