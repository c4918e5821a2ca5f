"""Rasa's REST channel, with the path of a page where one belongs to a reply."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.channels.rest import QueueOutputChannel
from rasa.core.channels.rest import RestInput as RasaRestInput
from sanic import Blueprint

from bot.pages import Pages
from bot.pages.linking import PLAN, keep_page
from bot.state import shared_store


class RestInput(RasaRestInput):
    """The reply object of a plan has the key `page`: where the plan can be read, on this server.

    https://rasa.com/docs/rasa/connectors/your-own-website#restinput
    """

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Returns the routes."""

        async def with_pages(message: UserMessage) -> None:
            await on_new_message(message)
            output = message.output_channel
            if isinstance(output, CollectingOutputChannel) and not isinstance(output, QueueOutputChannel):
                await _add_pages(output.messages)

        routes: Blueprint = super().blueprint(with_pages)
        return routes


async def _add_pages(messages: list[dict[str, Any]]) -> None:
    for message in messages:
        reply = message.get("custom") or {}
        # A comparison stands in the chat page itself.
        if reply.get(PLAN) and (kept := await keep_page(Pages(shared_store()), reply)):
            reply["page"] = kept[1]
