"""The calls that the played API knows: how each is made, who may make it, and how often a day.

Rights: https://developers.weixin.qq.com/doc/service/en/Getting_Started/Explanation_of_interface_privileges.html
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Optional

from bot.channels.wechat.rehearsal.api_errors import CallRefusedError
from bot.channels.wechat.rehearsal.api_platform import Platform, PlayedAccount


@dataclass(frozen=True)
class Request:
    """One request, as it came."""

    method: str
    path: str
    address: str
    query: Mapping[str, str]
    content: bytes

    def body(self) -> dict[str, Any]:
        """Returns the JSON in it."""
        if not self.content:
            raise CallRefusedError(44002)
        try:
            body = json.loads(self.content)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise CallRefusedError(47001)
        return body


Right = Callable[[PlayedAccount], bool]


def _everybody(account: PlayedAccount) -> bool:
    return True


def _verified(account: PlayedAccount) -> bool:
    return account.verified or account.is_test


def _menu(account: PlayedAccount) -> bool:
    return account.kind == "service" or account.verified or account.is_test


@dataclass(frozen=True)
class Call:
    """How a call is made. `right` is None where it needs no token."""

    method: str
    a_day: int
    right: Optional[Right]
    answer: Callable[[Platform, Request], dict[str, Any]]


CALLS = {
    "stable_token": Call("POST", 500_000, None, lambda to, it: to.stable_token(it.address, it.body())),
    "token": Call("", 2_000, None, lambda to, it: to.plain_token(it.address, it.query)),
    "message/custom/send": Call("POST", 500_000, _verified, lambda to, it: to.send(it.body())),
    "message/custom/typing": Call("POST", 500_000, _verified, lambda to, it: to.type(it.body())),
    "customservice/getonlinekflist": Call("GET", 500_000, _verified, lambda to, it: to.online_agents()),
    "user/info": Call("GET", 5_000_000, _verified, lambda to, it: to.user_info(it.query)),
    "menu/create": Call("POST", 1_000, _menu, lambda to, it: to.put_menu(it.body())),
    "menu/get": Call("", 10_000, _menu, lambda to, it: to.get_menu()),
    "menu/delete": Call("", 1_000, _menu, lambda to, it: to.delete_menu()),
    "get_current_selfmenu_info": Call("", 10_000, _everybody, lambda to, it: to.menu_in_use()),
    "getcallbackip": Call("", 10_000, _everybody, lambda to, it: to.callback_addresses()),
}


def answer(platform: Platform, request: Request) -> dict[str, Any]:
    """Answers a request below /cgi-bin/. Raises CallRefusedError."""
    call = CALLS[request.path]
    if call.method and request.method != call.method:
        raise CallRefusedError(43001 if call.method == "GET" else 43002)
    if call.right is not None:
        platform.check_token(request.query.get("access_token", ""))
        if not call.right(platform.account):
            raise CallRefusedError(48001)
    platform.count(request.path, call.a_day)
    return call.answer(platform, request)
