"""What an event is answered with.

https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_event_pushes.html
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Optional

from actions.rule_table.model import Language
from actions.rule_table.table import RuleTable
from actions.wording.script import to_traditional
from bot.channels.wechat.answers import Answers
from bot.channels.wechat.api import Trigger, WeChatApi, WeChatApiError
from bot.channels.wechat.composing import Said
from bot.channels.wechat.follower import Followers
from bot.channels.wechat.menu import PERSON, question_of
from bot.channels.wechat.messages import Incoming
from bot.channels.wechat.people import API_WAIT, BEGUN, ENDED, SWITCHED, People
from bot.channels.wechat.reply import Reply
from bot.channels.wechat.rights import USER_INFO, Rights
from bot.channels.wechat.words import TRADITIONAL, say, say_in_both

logger = logging.getLogger(__name__)

SUBSCRIBE, UNSUBSCRIBE, SCAN, CLICK = "subscribe", "unsubscribe", "scan", "click"
TRIGGERS: dict[str, Trigger] = {SUBSCRIBE: "subscribe", SCAN: "scan", CLICK: "menu"}
"""The events after which a follower may be written to."""

SILENT = ("view", "location", "templatesendjobfinish", "masssendjobfinish")


@dataclass(frozen=True)
class Events:
    """Answers one account's events: a new follower, a tap on the menu, a scanned code, a session with a person."""

    answers: Answers
    followers: Followers
    people: People
    rights: Rights
    api: Optional[WeChatApi]
    table: Callable[[], RuleTable]

    async def to_event(self, incoming: Incoming, address: str) -> Reply:
        """Answers an event; with nothing where nothing is to be said. Raises what the bot raises."""
        event = incoming.event
        if event == SUBSCRIBE:
            return await self._welcome(incoming, address)
        if event == UNSUBSCRIBE:
            await self.followers.forget(incoming.account, incoming.sender)
        elif event in (CLICK, SCAN):
            return await self._choice(incoming, address)
        elif event in (BEGUN, SWITCHED, ENDED):
            await self.people.note(incoming)
        elif event not in SILENT:
            logger.info("Nothing to say to a WeChat event %.64r.", event)
        return Reply()

    async def _welcome(self, incoming: Incoming, address: str) -> Reply:
        language = await self._language_of_wechat(incoming)
        await self.followers.change(
            incoming.account,
            incoming.sender,
            lambda follower: replace(follower, language=language or "", scene=incoming.detail),
        )
        greeting = say("greeting", language) if language else say_in_both("greeting")
        question = question_of(incoming.detail, self.table(), _language(language))
        if question is None or question == PERSON:
            return await self.answers.composed(incoming, Said(greeting, language or "zh"))
        return await self.answers.to_question(incoming, question, address, greeting)

    async def _choice(self, incoming: Incoming, address: str) -> Reply:
        follower = await self.followers.get(incoming.account, incoming.sender)
        if self.people.is_in_charge(follower):
            return Reply()
        question = question_of(incoming.detail, self.table(), _language(follower.language))
        if question == PERSON:
            return await self.people.call(incoming, follower.language or "zh")
        if question is None:
            # Another one's menu entry, or a code that only says where a follower comes from.
            logger.info("Nothing to say to a WeChat event %r with a key of its own.", incoming.event)
            return Reply()
        if follower.language == TRADITIONAL:
            question = to_traditional(question)
        return await self.answers.to_question(incoming, question, address)

    async def _language_of_wechat(self, incoming: Incoming) -> Optional[str]:
        """Returns the language of a follower's WeChat, where this account may ask for it."""
        if self.api is None or not self.rights.may(USER_INFO):
            return None
        try:
            return await asyncio.wait_for(self.api.user_language(incoming.sender), API_WAIT)
        except (WeChatApiError, asyncio.TimeoutError) as error:
            logger.warning("WeChat does not say which language a follower reads: %s", error)
            return None


def _language(known: Optional[str]) -> Language:
    return "en" if known == "en" else "zh"
