"""Rasa's REST channel, with the path of a page where one belongs to a reply."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Optional

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.channels.rest import RestInput as RasaRestInput
from sanic import Blueprint

from bot.pages import Pages
from bot.pages.linking import PLAN, keep_page
from bot.state import shared_store


class RestInput(RasaRestInput):
    """The reply object of a plan has the key `page`: where the plan can be read, on this server.

    https://rasa.com/docs/rasa/connectors/your-own-website#restinput
    """

    @staticmethod
    async def on_message_wrapper(
        on_new_message: Callable[[UserMessage], Awaitable[Any]],
        text: str,
        queue: asyncio.Queue[Any],
        sender_id: str,
        input_channel: str,
        metadata: Optional[dict[str, Any]],
    ) -> None:
        """Streams what was said once it is all there: the agent works in another thread, where the queue is not safe.

        Ends the stream in any case; Rasa's own waits forever where answering fails.
        """
        collector = CollectingOutputChannel()
        message = UserMessage(text, collector, sender_id, input_channel=input_channel, metadata=metadata)
        try:
            await on_new_message(message)
            for said in collector.messages:
                await queue.put(said)
        finally:
            await queue.put("DONE")

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Returns the routes."""

        async def with_pages(message: UserMessage) -> None:
            await on_new_message(message)
            if isinstance(message.output_channel, CollectingOutputChannel):
                await _add_pages(message.output_channel.messages)

        routes: Blueprint = super().blueprint(with_pages)
        return routes


async def _add_pages(messages: list[dict[str, Any]]) -> None:
    for message in messages:
        reply = message.get("custom") or {}
        # A comparison stands in the chat page itself.
        if reply.get(PLAN) and (kept := await keep_page(Pages(shared_store()), reply)):
            reply["page"] = kept[1]
