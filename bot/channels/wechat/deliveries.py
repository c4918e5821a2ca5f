"""When and by which way an answer goes out: WeChat waits five seconds, and delivers a message up to three times."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Any

from bot.channels.line import Line
from bot.channels.wechat.answers import Answers
from bot.channels.wechat.api import Ledger
from bot.channels.wechat.asking import say_failed
from bot.channels.wechat.events import TRIGGERS, UNSUBSCRIBE, Events
from bot.channels.wechat.follower import Followers
from bot.channels.wechat.messages import Incoming
from bot.channels.wechat.outbox import KEPT, Outbox
from bot.channels.wechat.reply import Reply
from bot.channels.wechat.words import guess_language, say
from bot.inbox import Inbox, Item
from bot.state import Store

logger = logging.getLogger(__name__)

MAX_TRIES = 3
PASSIVE = "passive"

WORKERS = 64
"""So many messages are worked on at once: those that wait for a slow action must not keep the others waiting."""

MENU_LIFE = 20.0
"""A menu that can't be sent within so many seconds of its answer is not sent at all."""


@dataclass(frozen=True)
class Times:
    """In seconds: how long a try waits for an answer, and how long the last one does; when an early try without one
    ends; from when after the first try another is the last one; how long the follow-up of a passive reply waits so that
    it comes after it; and when WeChat tries no more.

    They count from when a request came, which may be before a busy server sees it. A reply that just misses an early
    try goes out with the next one; nobody comes for what misses the last, so that one waits less.

    WeChat takes an empty answer for the final one. Only if it hears nothing for five seconds does it deliver again, so
    an early try is left to lapse (well beyond that, for who measures the five seconds loosely), and the last one gets a
    word in time.
    https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html
    """

    wait: float = 4.0
    last_wait: float = 3.0
    lapse: float = 8.0
    last: float = 9.0
    after: float = 0.5
    tries: float = 16.0


class Deliveries:
    """Gives every try of one message the same answer, and sends what no try can take with it."""

    def __init__(
        self,
        answers: Answers,
        events: Events,
        followers: Followers,
        outbox: Outbox,
        ledger: Ledger,
        store: Store,
        times: Times,
    ) -> None:
        self._answers = answers
        self._events = events
        self._followers = followers
        self._outbox = outbox
        self._ledger = ledger
        self._times = times
        self._inbox = Inbox(store, "wechat", self._work, self._send_late, _apology, times.tries, WORKERS)
        self._follow_ups = Inbox(store, "wechat-follow-ups", _nothing, self._send_rest, _apology, patience=times.after)

    async def start(self) -> None:
        """Takes up what was left undone. Call it in the server's event loop."""
        await self._inbox.start()
        await self._follow_ups.start()

    async def stop(self) -> None:
        """Lets go; what is not done is done after the next start."""
        await self._inbox.stop()
        await self._follow_ups.stop()

    async def take(self, incoming: Incoming, address: str, line: Line) -> Reply:
        """Takes one try of a message, and returns what to reply to it; nothing for a try that is to lapse.

        `address` is where the bot is reached from outside, `line` whom it came by. Raises StoreError: the message is
        then not taken.
        """
        waited = line.waited()
        self._inbox.notice_wait(waited)
        begun = time.time() - waited
        item = await self._inbox.receive(incoming.key, {"incoming": incoming.to_data(), "address": address})
        if item.tries == 1:
            await self._count(incoming)
        # A try may have found no server: the last one is known by its time as well.
        is_last = item.tries >= MAX_TRIES or begun - item.since >= self._times.last
        wait = min(self._times.wait, self._times.last_wait) if is_last else self._times.wait
        done = await self._inbox.answer(incoming.key, begun + wait - time.time())
        if done is not None:
            return await self._passive(incoming, done, line)
        if is_last:
            return await self._say_late(incoming)
        await asyncio.sleep(self._times.lapse - self._times.wait)
        return Reply()

    async def _count(self, incoming: Incoming) -> None:
        """Notes that the follower may be written to, after what they just did."""
        if incoming.kind != "event":
            await self._ledger.triggered(incoming.sender, "menu" if incoming.choice else "message")
        elif incoming.event in TRIGGERS:
            await self._ledger.triggered(incoming.sender, TRIGGERS[incoming.event])

    async def _passive(self, incoming: Incoming, item: Item, line: Line) -> Reply:
        if not line.is_open():
            # WeChat has hung up: another try takes the answer with it, or it is sent.
            return Reply()
        handed = await self._inbox.hand_over(incoming.key, PASSIVE)
        if handed is None:
            return await self._answers.kept(incoming) if item.way == KEPT else Reply()
        reply = Reply.from_data(handed.answer or {})
        if rest := reply.follow_ups:
            message = {"about": incoming.key, "account": incoming.account, "sender": incoming.sender, "messages": rest}
            await self._follow_ups.receive(incoming.key, message)
        return reply

    async def _say_late(self, incoming: Incoming) -> Reply:
        if incoming.kind == "event":
            return Reply()
        way = "late_sent" if await self._outbox.may_send(incoming.sender) else "late_kept"
        follower = await self._followers.get(incoming.account, incoming.sender)
        return Reply((say(way, guess_language(incoming.text, follower.language)),))

    async def _work(self, item: Item) -> dict[str, Any]:
        incoming = Incoming(**item.message["incoming"])
        address = item.message["address"]
        if incoming.kind == "event":
            if incoming.event == UNSUBSCRIBE:
                await self._ledger.closed(incoming.sender)
            return (await self._events.to_event(incoming, address)).to_data()
        return (await self._answers.to_message(incoming, address)).to_data()

    async def _send_late(self, item: Item) -> str:
        """Sends an answer that no try could take with it, or keeps it for the follower's next message."""
        incoming = Incoming(**item.message["incoming"])
        reply = Reply.from_data(item.answer or {})
        if reply.transfer:
            # Only a reply in time can hand a message over: the next one will be.
            follower = await self._answers.people.expect(incoming)
            reply = Reply((say("person_awaited", guess_language(incoming.text, follower.language)),))
        elif self._answers.people.is_in_charge(await self._followers.get(incoming.account, incoming.sender)):
            return await self._outbox.keep(item.key, incoming.account, incoming.sender, reply.messages)
        return await self._outbox.send(item.key, incoming.account, incoming.sender, reply.messages)

    async def _send_rest(self, item: Item) -> str:
        account, sender = item.message["account"], item.message["sender"]
        messages = item.message["messages"]
        follower = await self._followers.get(account, sender)
        if time.time() > item.since + MENU_LIFE or follower.with_person > time.time():
            # Choices make sense below their answer alone.
            messages = [message for message in messages if "menu" not in message]
        return await self._outbox.send(item.key, account, sender, messages)


def _apology(item: Item) -> dict[str, Any]:
    incoming = item.message.get("incoming")
    return say_failed(Incoming(**incoming)).to_data() if incoming else {}


async def _nothing(item: Item) -> dict[str, Any]:
    return {}
