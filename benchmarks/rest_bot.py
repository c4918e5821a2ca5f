"""A bot behind Rasa's REST channel: https://rasa.com/docs/rasa/connectors/your-own-website#restinput."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import aiohttp

from benchmarks.errors import BenchmarkError, NoReplyError
from benchmarks.system import LOOPBACK

Reply = Sequence[Mapping[str, Any]]
PAUSE = 0.05
MOST_SECONDS = 60.0


class RestBot:
    """Sends messages, each from a sender who has said nothing before."""

    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session = session
        self._url = f"http://{LOOPBACK}:{port}/webhooks/rest/webhook"

    async def ask(self, text: str) -> Reply:
        """Returns the bot's messages. Raises NoReplyError where there are none."""
        body = {"sender": uuid.uuid4().hex, "message": text}
        async with self._session.post(self._url, json=body) as response:
            response.raise_for_status()
            reply: Reply = await response.json()
        if not reply:
            raise NoReplyError("the bot gave no reply")
        return reply

    async def first_reply(self, text: str, began: float, most_seconds: float, check: Callable[[], None]) -> float:
        """Asks until there is a reply, and returns the seconds since `began`. `check` raises where none can come."""
        while time.monotonic() < began + most_seconds:
            check()
            try:
                await self.ask(text)
            except (aiohttp.ClientError, asyncio.TimeoutError, NoReplyError):
                await asyncio.sleep(PAUSE)
            else:
                return time.monotonic() - began
        raise BenchmarkError(f"the bot gave no reply within {most_seconds:.0f} s")


def new_session() -> aiohttp.ClientSession:
    """Returns a session that keeps its connections open, as a channel's web server does."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=MOST_SECONDS))


def intent_of(reply: Reply) -> str:
    """Returns the intent that a reply was given for: Wenhao's reply object names it, the plain project says it."""
    objects = [message["custom"] for message in reply if "custom" in message]
    return str(objects[0]["intent"] if objects else reply[0]["text"])
