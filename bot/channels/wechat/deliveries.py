"""When to answer: WeChat waits five seconds, and delivers a message up to three times."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from weakref import WeakKeyDictionary

from bot.channels.recent_messages import RecentMessages

MAX_TRIES = 3


class Deliveries:
    """Gives every delivery of one message the same answer, as soon as there is one.

    WeChat takes an empty answer for the final one. Only if it hears nothing for five seconds does it deliver
    again, so an early delivery is left to lapse, and the last one gets a word in time.
    https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html
    """

    def __init__(self, lapse: float = 5.5, last_wait: float = 4.5) -> None:
        self._lapse = lapse
        self._last_wait = last_wait
        self._recent: RecentMessages[str] = RecentMessages()
        self._tries: WeakKeyDictionary[asyncio.Task[str], int] = WeakKeyDictionary()

    async def answer(self, key: str, work: Callable[[], Awaitable[str]], late: str) -> str:
        """Returns the answer that `work` gives, or `late` where the last delivery is too early for it."""
        task = self._recent.start(key, work)
        self._tries[task] = self._tries.get(task, 0) + 1
        is_last = self._tries[task] >= MAX_TRIES
        # Unlike wait_for, this leaves the task running when the time is up or the platform hangs up.
        await asyncio.wait({task}, timeout=self._last_wait if is_last else self._lapse)
        if task.done():
            return task.result()
        return late if is_last else ""
