"""Hands a follower over to the people of the account, and takes them back.

https://developers.weixin.qq.com/doc/service/guide/product/kf/forwarding.html
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Optional

from bot.channels.wechat.api import WeChatApi, WeChatApiError
from bot.channels.wechat.follower import Follower, Followers
from bot.channels.wechat.hours import Hours
from bot.channels.wechat.left_messages import LeftMessages
from bot.channels.wechat.messages import Incoming
from bot.channels.wechat.reply import Reply
from bot.channels.wechat.rights import CUSTOMER_MESSAGE, Rights
from bot.channels.wechat.words import say

logger = logging.getLogger(__name__)

SESSION = 30 * 60.0
"""WeChat itself ends a session in which nobody has written for so many seconds."""

QUEUE = 10 * 60.0
"""For so many seconds somebody may take a follower on who was handed over; then Wenhao answers again."""

API_WAIT = 2.0
"""A passive reply is due in five seconds: so many of them may go into the question who is online."""

BEGUN, SWITCHED, ENDED = "kf_create_session", "kf_switch_session", "kf_close_session"


class People:
    """Who of the account's people can take over, and for how long Wenhao is silent.

    Without the right, outside the hours, or with nobody online, the follower's words are left for the operator.
    """

    def __init__(
        self,
        rights: Rights,
        api: Optional[WeChatApi],
        followers: Followers,
        left: LeftMessages,
        hours: Hours,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._rights = rights
        self._api = api
        self._followers = followers
        self._left = left
        self._hours = hours
        self._clock = clock

    async def call(self, incoming: Incoming, language: str) -> Reply:
        """Hands the follower over, or leaves what they said for the operator and says so.

        With the message that hands them over Wenhao falls silent.
        """
        reason = await self._reason_against()
        if reason:
            return await self._leave(incoming, language, reason)
        if incoming.kind == "event":
            # Only a message can be handed over, and this was a tap on the menu.
            await self.expect(incoming)
            return Reply((say("person_awaited", language),))
        until = self._clock() + QUEUE
        await self._change(incoming, lambda follower: replace(follower, awaited=0.0, with_person=until))
        return Reply((say("person_called", language),), transfer=True)

    async def expect(self, incoming: Incoming) -> Follower:
        """Has the follower's next message handed over, if it comes before long and somebody is there then."""
        until = self._clock() + SESSION
        return await self._change(incoming, lambda follower: replace(follower, awaited=until, with_person=0.0))

    def hand_on(self) -> Reply:
        """Hands over one more message of a follower who was handed over before."""
        return Reply(transfer=True)

    async def note(self, incoming: Incoming) -> None:
        """Takes note of a session's begin or end."""
        until = 0.0 if incoming.event == ENDED else self._clock() + SESSION
        await self._change(incoming, lambda follower: replace(follower, awaited=0.0, with_person=until))

    async def come_back(self, incoming: Incoming, language: str) -> Reply:
        """Ends what was begun, at the follower's word."""
        await self._change(incoming, lambda follower: replace(follower, awaited=0.0, with_person=0.0))
        return Reply((say("person_back", language),))

    def is_in_charge(self, follower: Follower) -> bool:
        """Whether a person talks to the follower, or will as soon as one is free."""
        return follower.with_person > self._clock()

    def is_expected(self, follower: Follower) -> bool:
        """Whether the follower's next message is to be handed over."""
        return follower.awaited > self._clock()

    async def _reason_against(self) -> str:
        """Returns why nobody can take over now, as the name of the words that say so; empty where somebody can."""
        # Whoever may send customer service messages can have people for them too; whether there are any, WeChat says.
        if self._api is None or not self._rights.may(CUSTOMER_MESSAGE):
            return "person_left"
        if not self._hours.is_open(self._clock()):
            return "person_hours"
        try:
            agents = await asyncio.wait_for(self._api.online_agents(), API_WAIT)
        except (WeChatApiError, asyncio.TimeoutError) as error:
            logger.warning("WeChat does not say who of the account's people is online: %s", error)
            return "person_left"
        return "" if agents else "person_away"

    async def _leave(self, incoming: Incoming, language: str, reason: str) -> Reply:
        follower = await self._change(incoming, lambda follower: replace(follower, awaited=0.0))
        words = "\n".join(dict.fromkeys(filter(None, (follower.asked, incoming.text))))
        if words:
            await self._left.leave(incoming.account, incoming.sender, words, incoming.key)
        return Reply((say(reason if words else "person_nothing", language, hours=self._hours.told(language)),))

    async def _change(self, incoming: Incoming, change: Callable[[Follower], Follower]) -> Follower:
        return await self._followers.change(incoming.account, incoming.sender, change)
