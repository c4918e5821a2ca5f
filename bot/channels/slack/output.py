"""Posts the bot's replies where the question stands."""

from __future__ import annotations

from typing import Any, Optional

from rasa.core.channels.channel import OutputChannel
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.blocks import to_posts


class SlackOutput(OutputChannel):
    """One place in Slack: a channel, and a thread where the reply belongs in one."""

    def __init__(self, client: AsyncWebClient, channel: str, thread: Optional[str]) -> None:
        self._client = client
        self._channel = channel
        self._thread = thread
        self.is_silent = True

    @classmethod
    def name(cls) -> str:
        """Returns the channel's name in Rasa."""
        return "slack"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Posts a reply, one message after the other where it is too long for one."""
        for post in to_posts(message):
            await self._client.chat_postMessage(
                channel=self._channel, thread_ts=self._thread, unfurl_links=False, unfurl_media=False, **post
            )
            self.is_silent = False

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Posts a plain text."""
        await self.send_response(recipient_id, {"text": text})
