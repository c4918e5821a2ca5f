"""Customer service messages: what the account sends by itself, as far as it may.

https://developers.weixin.qq.com/doc/service/guide/product/message/Service_Center_messages.html
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Optional

from bot.channels.wechat.api import Ledger, WeChatApi, WeChatApiError
from bot.channels.wechat.api.errors import (
    AddressRefusedError,
    LimitReachedError,
    NoRightError,
    UnknownOutcomeError,
    WrongCredentialsError,
)
from bot.channels.wechat.follower import Followers
from bot.channels.wechat.reply import to_keep, to_menu
from bot.channels.wechat.rights import CUSTOMER_MESSAGE, Rights
from bot.state import Store
from bot.state.store import DAY

logger = logging.getLogger(__name__)

LIFE = 7 * DAY
PUSHED, KEPT = "pushed", "kept"

LASTING = (NoRightError, AddressRefusedError, WrongCredentialsError, LimitReachedError)
NO_MENUS = 40200
BARRED = 10 * 60.0
"""What will not be different in a moment is not tried again for so many seconds."""

Data = dict[str, Any]


class Outbox:
    """Sends an answer's messages in their order. What can't be sent waits for the follower's next message.

    How many of an answer's messages are out is kept beside them, so that work which was cut off goes on where it
    stopped and repeats nothing.
    """

    def __init__(
        self, rights: Rights, api: Optional[WeChatApi], ledger: Ledger, followers: Followers, store: Store
    ) -> None:
        self._rights = rights
        self._api = api
        self._ledger = ledger
        self._followers = followers
        self._store = store
        self._barred = f"wechat:barred:{rights.account.app_id}"
        self._no_menus = f"wechat:no_menus:{rights.account.app_id}"

    async def may_send(self, sender: str, count: int = 1) -> bool:
        """Whether the account may send so many messages to a follower now, as far as is known."""
        if not self._rights.may(CUSTOMER_MESSAGE) or await self._store.get(self._barred):
            return False
        return await self._ledger.left(sender) >= count

    async def may_send_menus(self) -> bool:
        """Whether WeChat takes this account's menus, as far as is known: of equal accounts some have none."""
        return self._rights.may(CUSTOMER_MESSAGE) and not await self._store.get(self._no_menus)

    async def send(self, key: str, account: str, sender: str, messages: Sequence[Data]) -> str:
        """Sends messages under the key of what they answer. Returns PUSHED where all went out, else KEPT."""
        begun = int(await self._store.get(_begun(key)) or 0)
        done = int(await self._store.get(_done(key)) or 0)
        # Begun and not done: it was cut off in between, and may have arrived. Whoever reads it is told.
        left = list(messages[done:])
        if begun == done:
            left = await self._send_all(key, done, sender, left)
        return await self.keep(key, account, sender, left)

    async def keep(self, key: str, account: str, sender: str, messages: Sequence[Data]) -> str:
        """Keeps messages for the follower's next one. Returns KEPT, or PUSHED where there is nothing to keep."""
        texts, ending = to_keep(messages)
        if not texts:
            return PUSHED
        await self._followers.change(account, sender, lambda follower: follower.with_late(key, texts, ending))
        return KEPT

    async def _send_all(self, key: str, done: int, sender: str, messages: list[Data]) -> list[Data]:
        """Sends until something stands in the way. Returns what was not sent."""
        for number, message in enumerate(messages):
            if not (await self.may_send(sender) and await self._ledger.take(sender)):
                return messages[number:]
            await self._store.put(_begun(key), str(done + number + 1), LIFE)
            try:
                await self._send_one(sender, message)
            except UnknownOutcomeError as error:
                logger.error("Nobody knows whether a customer service message arrived. %s", error)
                await self._ledger.refused(sender, error)
                return messages[number:]
            except WeChatApiError as error:
                logger.error("A customer service message was not sent. %s", error)
                await self._store.put(_begun(key), str(done + number), LIFE)
                await self._ledger.refused(sender, error)
                if isinstance(error, LASTING):
                    await self._store.put(self._barred, "1", BARRED)
                return messages[number:]
            await self._store.put(_done(key), str(done + number + 1), LIFE)
        return []

    async def _send_one(self, sender: str, message: Data) -> None:
        assert self._api is not None, "an account without credentials may send nothing"
        if "menu" not in message:
            await self._api.send_text(sender, message["text"])
            return
        menu = to_menu(message["menu"])
        try:
            await self._api.send_menu(sender, menu.head, menu.items, "")
        except NoRightError as error:
            if error.code != NO_MENUS:
                raise
            await self._store.put(self._no_menus, "1", LIFE)
            await self._api.send_text(sender, menu.instead)


def _begun(key: str) -> str:
    return f"wechat:begun:{key}"


def _done(key: str) -> str:
    return f"wechat:sent:{key}"
