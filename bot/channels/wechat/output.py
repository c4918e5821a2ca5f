"""Collects what the bot says to one message."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.channels.wechat.words import TRADITIONAL, guess_language


class WeChatOutput(OutputChannel):
    """Keeps the bot's messages until they are all there: a passive reply is a single one.

    `said` is the reply object (docs/architecture.md), empty where the bot sent none.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.suggestions: list[str] = []
        self.said: dict[str, Any] = {}

    @classmethod
    def name(cls) -> str:
        return "wechat"

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        self.texts.append(text.strip())

    async def send_text_with_buttons(
        self, recipient_id: str, text: str, buttons: list[dict[str, Any]], **kwargs: Any
    ) -> None:
        self.texts.append(text.strip())
        # A bare number chooses among the last message's buttons, so those of an earlier one are not numbered.
        self.suggestions = [button["title"] for button in buttons]

    async def send_custom_json(self, recipient_id: str, json_message: dict[str, Any], **kwargs: Any) -> None:
        self.said = json_message

    @property
    def text(self) -> str:
        """All that was said as one text."""
        return "\n\n".join(filter(None, self.texts))

    @property
    def language(self) -> str:
        """The language of the reply: "en", "zh" or TRADITIONAL."""
        guessed = guess_language(self.text)
        # The reply object does not tell the script.
        return guessed if guessed == TRADITIONAL else str(self.said.get("language") or guessed)
