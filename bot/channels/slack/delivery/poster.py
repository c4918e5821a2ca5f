"""Posts, each once.

Before a post is sent the store notes that it is begun, and afterwards that it is done. One that was begun and not done
may stand in the channel or not: then the conversation is read first, where every post of ours carries its key. What
can't be found, or looked for (the scope is missing, the post was for one person alone, Slack refuses), is posted
again: to read an answer twice is a nuisance, not to get it is a loss.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any, Optional

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.blocks.posts import Post
from bot.channels.slack.delivery.calls import RefusedError, UnansweredError, call, read, respond
from bot.channels.slack.delivery.pace import Pace
from bot.channels.slack.delivery.progress import Progress, Step
from bot.channels.slack.delivery.routes import ABOUT_BLOCKS, EVENT_TYPE, RESPONSE_URL, Route, routes
from bot.channels.slack.place import Place
from bot.channels.slack.workspaces import Workspaces
from bot.state import Store

logger = logging.getLogger(__name__)

# How long to wait before trying again what Slack did not answer; then the inbox takes its turn.
WAITS = (1.0, 3.0)

# Slack's clock and ours may differ by so many seconds.
CLOCKS_APART = 120.0
MOST_SEEN = 200

# The post went out where it has no time of its own.
DONE = "done"


class Poster:
    """Sends posts to their places, at Slack's pace and each once."""

    def __init__(self, store: Store, workspaces: Workspaces, clock: Callable[[], float] = time.time) -> None:
        self._workspaces = workspaces
        self._progress = Progress(store)
        self._pace = Pace(store, clock)
        self._clock = clock

    async def post(self, key: str, part: str, place: Place, post: Post) -> Optional[str]:
        """Sends one post of an answer; does nothing where it went out before. Returns its time.

        Returns None where Slack refuses it for good. Raises UnansweredError or StoreError where to try again,
        NotInstalledError where there is no workspace for it any more.
        """
        step = await self._progress.get(key, part)
        if step and step.is_done:
            return step.ts or None
        client = await self._workspaces.client(place.team, place.enterprise)
        for wait in (*WAITS, None):
            try:
                return await self._once(client, key, part, place, post, step)
            except UnansweredError:
                if wait is None:
                    raise
                await asyncio.sleep(wait)
                step = await self._progress.get(key, part)
        return None

    async def sent(self, key: str, part: str) -> Optional[str]:
        """Returns the time of a post that went out, or None."""
        step = await self._progress.get(key, part)
        return step.ts or None if step else None

    async def update(self, place: Place, post_ts: str, post: Post) -> None:
        """Changes a post; done twice it does no harm. Raises UnansweredError, NotInstalledError."""
        client = await self._workspaces.client(place.team, place.enterprise)
        arguments = {"channel": place.channel, "ts": post_ts, "text": post["text"], "blocks": post["blocks"]}
        try:
            await call(client, "chat.update", arguments)
        except RefusedError as error:
            logger.warning("%s", error)

    async def _once(
        self, client: AsyncWebClient, key: str, part: str, place: Place, post: Post, step: Optional[Step]
    ) -> Optional[str]:
        found = await self._find(client, key, part, place, step.begun) if step else None
        if found:
            await self._progress.put(key, part, Step(self._clock(), found))
            return found
        begun = step.begun if step else self._clock()
        await self._progress.put(key, part, Step(begun))
        try:
            ts = await self._by_routes(client, key, part, place, post)
        except RefusedError as error:
            return await self._instead(key, part, place, post, error)
        await self._progress.put(key, part, Step(begun, ts))
        return ts

    async def _by_routes(self, client: AsyncWebClient, key: str, part: str, place: Place, post: Post) -> str:
        refusal: Optional[RefusedError] = None
        for route in routes(place, post, key, part):
            try:
                async with self._pace.turn(place.channel):
                    return await _send(client, place, route)
            except RefusedError as error:
                refusal = error
                if error.error in ABOUT_BLOCKS:
                    break
        assert refusal
        raise refusal

    async def _instead(self, key: str, part: str, place: Place, post: Post, error: RefusedError) -> Optional[str]:
        """Sends simpler posts where Slack takes not the blocks: without tables, then without any block."""
        if error.error not in ABOUT_BLOCKS or not post["blocks"]:
            logger.error("A post in the Slack conversation %s is lost: %s", place.conversation, error)
            await self._progress.put(key, part, Step(self._clock(), refused=error.error))
            return None
        logger.warning("%s; posting it in a simpler form.", error)
        simpler = post["simpler"] or [{"text": post["text"], "blocks": [], "simpler": []}]
        sent = [await self.post(key, f"{part}.{number}", place, each) for number, each in enumerate(simpler)]
        ts = next(filter(None, sent), None)
        await self._progress.put(key, part, Step(self._clock(), ts or "", "" if ts else error.error))
        return ts

    async def _find(self, client: AsyncWebClient, key: str, part: str, place: Place, begun: float) -> Optional[str]:
        """Returns the time of a post that went out already, or None.

        https://docs.slack.dev/messaging/message-metadata/
        """
        if place.private:
            return None
        arguments: dict[str, Any] = {
            "channel": place.channel,
            "oldest": f"{begun - CLOCKS_APART:.6f}",
            "limit": MOST_SEEN,
            "include_all_metadata": "true",
        }
        method = "conversations.history"
        if place.thread:
            method, arguments = "conversations.replies", {**arguments, "ts": place.thread}
        try:
            messages = (await read(client, method, arguments)).get("messages") or []
        except (RefusedError, UnansweredError) as error:
            logger.warning("Whether a post went out can't be seen, so it is posted again: %s", error)
            return None
        return next((message["ts"] for message in messages if _is_ours(message, key, part)), None)


async def _send(client: AsyncWebClient, place: Place, route: Route) -> str:
    if route.method == RESPONSE_URL:
        assert place.response_url
        await respond(place.response_url, route.arguments)
        return DONE
    answer = await call(client, route.method, route.arguments)
    return str(answer.get("ts") or DONE)


def _is_ours(message: dict[str, Any], key: str, part: str) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT_TYPE and payload.get("key") == key and payload.get("part") == part
