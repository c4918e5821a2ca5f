"""WeChat's REST API, as far as a consultant needs it.

https://developers.weixin.qq.com/doc/service/api/
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Optional

from bot.channels.wechat.account import Account
from bot.channels.wechat.api.errors import RefusedError, TokenRefusedError
from bot.channels.wechat.api.tokens import Tokens
from bot.channels.wechat.api.transport import Answer, Transport, field_of
from bot.state import Store

NO_MENU = 46003


@dataclass(frozen=True)
class Agent:
    """A person at customer service who is online, and how many followers he is talking with."""

    account: str
    serving: int


class WeChatApi:
    """Calls WeChat for one account. Every method raises WeChatApiError, or StoreError where the token's store is away.

    A refused token is renewed once and the call repeated once. A call whose outcome is unknown is never repeated.
    """

    def __init__(
        self,
        account: Account,
        store: Store,
        transport: Optional[Transport] = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._transport = transport or Transport(account.api_base_url)
        self._tokens = Tokens(account, store, self._transport, clock)

    async def send_text(self, openid: str, text: str) -> None:
        """Sends a follower a text of at most 2,048 bytes of UTF-8 (a customer service message).

        https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage
        """
        await self._send(openid, "text", {"content": text})

    async def send_menu(self, openid: str, head: str, items: Sequence[tuple[str, str]], tail: str) -> None:
        """Sends a follower lines to tap, each an id and its text. The id comes back as the message's `bizmsgmenuid`.

        Many accounts have no such menus, the test account and subscription accounts among them: NoRightError (40200).
        """
        lines = [{"id": id_, "content": content} for id_, content in items]
        await self._send(openid, "msgmenu", {"head_content": head, "list": lines, "tail_content": tail})

    async def online_agents(self) -> list[Agent]:
        """Returns the people at customer service who are online now.

        https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_getonlinekflist
        """
        answer = await self._call("cgi-bin/customservice/getonlinekflist")
        listed = answer.get("kf_online_list") or []
        return [
            Agent(agent["kf_account"], int(agent.get("accepted_case", 0))) for agent in listed if agent.get("status")
        ]

    async def user_language(self, openid: str) -> Optional[Literal["zh", "en"]]:
        """Returns the language of a follower's WeChat, or None where it is another one, or not told.

        https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_userinfo.html
        """
        answer = await self._call("cgi-bin/user/info", openid=openid)
        language = str(answer.get("language", "")).lower()
        if language.startswith("zh"):
            return "zh"
        return "en" if language.startswith("en") else None

    async def put_menu(self, menu: Mapping[str, Any]) -> None:
        """Puts up the account's custom menu: at most 3 entries with at most 5 below each.

        https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html
        """
        await self._call("cgi-bin/menu/create", menu)

    async def get_menu(self) -> Optional[Answer]:
        """Returns the menu that was put up by the API, as `put_menu` takes it, or None where there is none."""
        try:
            answer = await self._call("cgi-bin/menu/get")
        except RefusedError as error:
            if error.code == NO_MENU:
                return None
            raise
        return {"button": field_of(field_of(answer, "menu"), "button")}

    async def delete_menu(self) -> None:
        """Takes the account's custom menu down."""
        await self._call("cgi-bin/menu/delete")

    async def menu_in_use(self) -> Optional[Answer]:
        """Returns the menu that followers see, however it was made, or None where they see none.

        It is written in another way than `put_menu` takes it, and every account may ask for it.
        https://developers.weixin.qq.com/doc/service/api/custommenu/api_getcurrentselfmenuinfo
        """
        answer = await self._call("cgi-bin/get_current_selfmenu_info")
        return dict(field_of(answer, "selfmenu_info")) if answer.get("is_menu_open") else None

    async def callback_addresses(self) -> list[str]:
        """Returns the addresses that WeChat delivers messages from. Every account may ask for it: it proves the token.

        https://developers.weixin.qq.com/doc/service/api/base/api_getcallbackip
        """
        answer = await self._call("cgi-bin/getcallbackip")
        return [str(address) for address in field_of(answer, "ip_list")]

    async def close(self) -> None:
        """Closes the connections."""
        await self._transport.close()

    async def _send(self, openid: str, kind: str, content: Mapping[str, Any]) -> None:
        await self._call("cgi-bin/message/custom/send", {"touser": openid, "msgtype": kind, kind: content})

    async def _call(self, path: str, body: Optional[Mapping[str, Any]] = None, **query: str) -> Answer:
        token = await self._tokens.get()
        try:
            return await self._transport.call(path, {"access_token": token, **query}, body)
        except TokenRefusedError:
            token = await self._tokens.instead_of(token)
        return await self._transport.call(path, {"access_token": token, **query}, body)
