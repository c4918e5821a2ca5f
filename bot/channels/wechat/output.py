"""Collects what the bot says to one message, and makes one text for a phone of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.channels.words import say

MAX_BYTES = 2048
"""The longest text WeChat delivers, in UTF-8 (error 45002 beyond)."""

_SENTENCE_END = re.compile(r"[。！？!?；]+[”’」』）)\"']*|\.(?=\s)|\n")
_CHINESE = re.compile("[\u4e00-\u9fff]")


class WeChatOutput(OutputChannel):
    """Keeps the bot's messages until they are all there: a passive reply is a single one."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.suggestions: list[str] = []
        self.language: str | None = None

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
        self.language = json_message.get("language")

    def to_text(self) -> str:
        """Returns all that was said as one text, or an empty one."""
        text = "\n\n".join(filter(None, self.texts))
        return to_phone_text(text, self.suggestions, self.language or guess_language(text))


def guess_language(text: str) -> str:
    """Returns "zh" for text with a Chinese character in it, "en" for any other."""
    return "zh" if _CHINESE.search(text) else "en"


def to_phone_text(text: str, suggestions: Sequence[str], language: str) -> str:
    """Returns one text that WeChat delivers whole, the suggestions as numbered lines at its end."""
    choices = cut(_to_choices(suggestions, language), MAX_BYTES // 2)
    whole = text + choices
    if _size(whole) <= MAX_BYTES:
        return whole
    ending = "\n" + say("wechat.shortened", language) + choices
    return cut(text, MAX_BYTES - _size(ending)) + ending


def cut(text: str, size: int) -> str:
    """Returns as many whole sentences of a text as fit into `size` bytes of UTF-8."""
    if _size(text) <= size:
        return text
    start = text.encode()[:size].decode(errors="ignore")
    ends = [match.end() for match in _SENTENCE_END.finditer(start)]
    return start[: ends[-1]].rstrip() if ends else start


def _to_choices(suggestions: Sequence[str], language: str) -> str:
    if not suggestions:
        return ""
    lines = [f"{number}. {suggestion}" for number, suggestion in enumerate(suggestions, 1)]
    return "\n\n" + "\n".join([say("wechat.suggestions", language), *lines])


def _size(text: str) -> int:
    return len(text.encode())
