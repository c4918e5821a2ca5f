"""Collects what the bot says, so that it can be kept before it is posted."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel


class SlackOutput(OutputChannel):
    """The bot's messages to one question, as they came."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Returns the channel's name in Rasa."""
        return "slack"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keeps a message with all that belongs to it."""
        self.messages.append(message)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keeps a plain text."""
        self.messages.append({"text": text})
