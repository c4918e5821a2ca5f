"""What a message or event is answered with."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.channels.question_text import to_question
from bot.channels.wechat.messages import Incoming
from bot.channels.wechat.output import WeChatOutput, guess_language
from bot.channels.words import say

logger = logging.getLogger(__name__)

UNREADABLE = {
    "image": "wechat.image",
    "voice": "wechat.voice",
    "video": "wechat.video",
    "shortvideo": "wechat.video",
    "location": "wechat.location",
    "link": "wechat.link",
}
"""The kinds of message that the bot can't take as a question, and what it says to them."""


class Answers:
    """Answers messages for one account: asks the bot, or says what can be said without it."""

    def __init__(self, app_id: str, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> None:
        self._app_id = app_id
        self._on_new_message = on_new_message

    async def answer(self, incoming: Incoming) -> str:
        """Returns the text to send, or an empty one where there is nothing to say. Never raises."""
        if incoming.text:
            return await self._ask(incoming)
        if incoming.event == "subscribe":
            return _say_in_both("wechat.greeting")
        if incoming.kind in UNREADABLE:
            return _say_in_both(UNREADABLE[incoming.kind])
        logger.info("Nothing to say to a WeChat message of kind %r, event %r.", incoming.kind, incoming.event)
        return ""

    async def _ask(self, incoming: Incoming) -> str:
        output = WeChatOutput()
        try:
            await self._on_new_message(self._to_user_message(incoming, output))
            answer = output.to_text()
        except Exception:
            logger.exception("The bot failed on a WeChat message.")
            answer = ""
        else:
            if not answer:
                logger.error("The bot had no answer to a WeChat message.")
        return answer or say("wechat.failed", guess_language(incoming.text))

    def _to_user_message(self, incoming: Incoming, output: WeChatOutput) -> UserMessage:
        # An openid is one account's name for a user; with the account in front, two accounts share no conversation.
        return UserMessage(
            to_question(incoming.text),
            output,
            f"{self._app_id or incoming.account}:{incoming.sender}",
            input_channel=output.name(),
            metadata={"channel": output.name()},
        )


def say_late(incoming: Incoming) -> str:
    """Returns what to say where the answer takes longer than WeChat waits."""
    return say("wechat.late", guess_language(incoming.text))


def _say_in_both(key: str) -> str:
    """Says it in Chinese and English, where nothing has shown yet which of them the user reads."""
    return "\n".join(say(key, language) for language in ("zh", "en"))
