"""Puts one account's parts together, once the server runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from actions.consultant_action import shared_desk
from bot.channels.wechat.account import Account
from bot.channels.wechat.answers import Answers
from bot.channels.wechat.api import Ledger, WeChatApi
from bot.channels.wechat.asking import Asking
from bot.channels.wechat.deliveries import Deliveries, Times
from bot.channels.wechat.events import Events
from bot.channels.wechat.follower import Followers
from bot.channels.wechat.hours import Hours
from bot.channels.wechat.left_messages import LeftMessages
from bot.channels.wechat.outbox import Outbox
from bot.channels.wechat.people import People
from bot.channels.wechat.rights import Rights
from bot.feedback import note_feedback
from bot.pages import Pages
from bot.state import Store


@dataclass(frozen=True)
class Service:
    """What runs for an account: its deliveries, and its way to WeChat where it has the credentials for one."""

    deliveries: Deliveries
    api: Optional[WeChatApi]

    async def start(self) -> None:
        """Takes up what was left undone."""
        await self.deliveries.start()

    async def stop(self) -> None:
        """Lets go of everything."""
        await self.deliveries.stop()
        if self.api is not None:
            await self.api.close()


def make_service(
    account: Account,
    store: Store,
    hours: Hours,
    on_new_message: Callable[[UserMessage], Awaitable[Any]],
    agent: Agent,
    times: Times,
) -> Service:
    """Returns an account's service over a store. Call it in the server's event loop."""
    api = WeChatApi(account, store) if account.can_call else None
    rights = Rights(account, shared_desk().consultant().table)
    followers = Followers(store)
    ledger = Ledger(account.app_id, store)
    people = People(rights, api, followers, LeftMessages(store), hours)
    outbox = Outbox(rights, api, ledger, followers, store)
    asking = Asking(account.app_id, on_new_message, people, Pages(store))
    answers = Answers(asking, followers, people, outbox, partial(note_feedback, agent))
    events = Events(answers, followers, people, rights, api, lambda: shared_desk().consultant().table)
    return Service(Deliveries(answers, events, followers, outbox, ledger, store, times), api)
