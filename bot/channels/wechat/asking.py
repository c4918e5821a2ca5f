"""Asks the bot, and makes its reply one for a follower."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.channels.question_text import to_question
from bot.channels.wechat.composing import Said
from bot.channels.wechat.messages import Incoming
from bot.channels.wechat.output import WeChatOutput
from bot.channels.wechat.people import People
from bot.channels.wechat.reply import Reply
from bot.channels.wechat.words import guess_language, say
from bot.pages import Pages
from bot.pages.linking import keep_page

logger = logging.getLogger(__name__)


class NoAnswerError(Exception):
    """The bot had nothing to say."""


class Asking:
    """One account's way to the bot. A conversation's id carries the account, so that two accounts share none."""

    def __init__(
        self,
        app_id: str,
        on_new_message: Callable[[UserMessage], Awaitable[Any]],
        people: People,
        pages: Pages,
    ) -> None:
        self._app_id = app_id
        self._on_new_message = on_new_message
        self._people = people
        self._pages = pages

    def conversation(self, incoming: Incoming) -> str:
        """Returns the id of a follower's conversation in Rasa."""
        return ":".join(filter(None, (WeChatOutput.name(), self._app_id, incoming.account, incoming.sender)))

    async def ask(self, incoming: Incoming, text: str, address: str) -> Said | Reply:
        """Returns what the bot says, or the reply by which a person takes over. Raises what the bot raises.

        `address` is where the bot is reached from outside.
        """
        output = WeChatOutput()
        await self._on_new_message(
            UserMessage(
                to_question(text),
                output,
                self.conversation(incoming),
                input_channel=output.name(),
                metadata={"channel": output.name(), "message": incoming.key, **_told(incoming)},
            )
        )
        if not output.text:
            raise NoAnswerError("the bot had no answer to a WeChat message")
        if output.said.get("person"):
            return await self._with_person(incoming, output)
        return await self._said(output, address)

    async def _with_person(self, incoming: Incoming, output: WeChatOutput) -> Reply | Said:
        reply = await self._people.call(incoming, output.language)
        # Asked for a person, the bot itself says no more than that there is none.
        if reply.transfer or output.said["person"] == "asked":
            return reply
        return Said("\n\n".join((output.text, *reply.texts)), output.language, output.suggestions)

    async def _said(self, output: WeChatOutput, address: str) -> Said:
        text = output.text
        if address and (page := await keep_page(self._pages, output.said)):
            kind, path = page
            text = f"{text}\n{say(f'page.{kind}', output.language, address=address + path)}"
        helps = bool(output.said.get("parts") or output.said.get("plan"))
        return Said(text, output.language, output.suggestions, asks_whether_it_helped=helps)


def say_failed(incoming: Incoming) -> Reply:
    """Returns what to say where the bot could not answer."""
    return Reply((say("failed", guess_language(incoming.text)),))


def _told(incoming: Incoming) -> dict[str, bool]:
    """Tells what was tapped from what somebody wrote."""
    return {"tapped": True} if incoming.kind == "event" or incoming.choice else {}
