"""Answers each question once, beside the request that brought it."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any, Awaitable, Callable

from rasa.core.channels.channel import UserMessage
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.question_text import to_question
from bot.channels.recent_messages import RecentMessages
from bot.channels.slack.output import SlackOutput
from bot.channels.slack.question import Question
from bot.channels.words import say

logger = logging.getLogger(__name__)


class Answering:
    """Hands questions to the bot and sees to it that the person hears something."""

    def __init__(self, client: AsyncWebClient, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> None:
        self._client = client
        self._on_new_message = on_new_message
        self._recent: RecentMessages[None] = RecentMessages()

    def start(self, question: Question) -> None:
        """Starts to answer a question, unless it is a repeat under any of its keys. Does not wait."""
        work: Callable[[], Awaitable[None]] = partial(self._answer, question)
        for key in question.keys:
            work = partial(self._recent.start, key, work)
        work()

    async def _answer(self, question: Question) -> None:
        output = SlackOutput(self._client, question.channel, question.thread)
        try:
            await self._on_new_message(
                UserMessage(to_question(question.text), output, question.conversation, input_channel=SlackOutput.name())
            )
            if output.is_silent:
                raise RuntimeError("The bot had nothing to say.")
        except Exception:
            logger.exception("Could not answer in the Slack conversation %s", question.conversation)
            await self._apologise(output, question)

    async def _apologise(self, output: SlackOutput, question: Question) -> None:
        try:
            await output.send_text_message(question.conversation, say("slack.failed", question.language))
        except Exception:
            logger.exception("Could not say so in the Slack conversation %s either", question.conversation)
