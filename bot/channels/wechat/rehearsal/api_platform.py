"""The platform behind the played API: one account, its followers, its menu, and the rules that WeChat enforces.

It is told nothing by the bot but through calls, and shares no code with the bot's own idea of WeChat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

from bot.channels.wechat.rehearsal.api_errors import CallRefusedError
from bot.channels.wechat.rehearsal.api_followers import Follower, Received
from bot.channels.wechat.rehearsal.api_menu import check_menu, to_current
from bot.channels.wechat.rehearsal.api_tokens import Issued, TokenOffice, same

DAY = 24 * 60 * 60
LONGEST_TEXT = 2048
LONGEST_LIFE = 7200.0


@dataclass(frozen=True)
class PlayedAccount:
    """The account that WeChat knows. `is_test` makes it a test account (测试号), which has nearly every right."""

    app_id: str
    app_secret: str = field(repr=False)
    kind: str = "service"
    verified: bool = True
    is_test: bool = False


class Platform:
    """Answers calls. Every method that answers one raises CallRefusedError where WeChat would refuse it."""

    def __init__(self, account: PlayedAccount, clock: Callable[[], float], token_life: float = LONGEST_LIFE) -> None:
        self.account = account
        self.clock = clock
        self.stable_tokens = TokenOffice(clock, token_life)
        self.plain_tokens = TokenOffice(clock, token_life)
        self.whitelist: Optional[set[str]] = None
        self.followers: dict[str, Follower] = {}
        self.agents: list[dict[str, Any]] = []
        self.has_customer_service = True
        self.menu: Optional[dict[str, Any]] = None
        self.limits: dict[str, int] = {}
        self._counts: Counter[tuple[str, int]] = Counter()

    def count(self, path: str, usual: int) -> None:
        """Counts a call against the day's limit: `limits` where it names the path, else the usual one."""
        day = int(self.clock() // DAY)
        self._counts[path, day] += 1
        if self._counts[path, day] > self.limits.get(path, usual):
            raise CallRefusedError(45009)

    def check_token(self, token: str) -> None:
        """Lets a token pass that counts."""
        if not token:
            raise CallRefusedError(41001)
        if not (self.stable_tokens.knows(token) or self.plain_tokens.knows(token)):
            raise CallRefusedError(40001)

    def stable_token(self, address: str, body: Mapping[str, Any]) -> dict[str, Any]:
        self._check_credentials(address, body)
        return self._to_answer(self.stable_tokens.stable(bool(body.get("force_refresh"))))

    def plain_token(self, address: str, query: Mapping[str, Any]) -> dict[str, Any]:
        self._check_credentials(address, query)
        return self._to_answer(self.plain_tokens.new())

    def send(self, body: Mapping[str, Any]) -> dict[str, Any]:
        kind = str(body.get("msgtype"))
        content = body.get(kind)
        if kind not in ("text", "msgmenu"):
            raise CallRefusedError(40008)
        if not isinstance(content, dict):
            raise CallRefusedError(47001)
        if kind == "msgmenu" and (self.account.is_test or self.account.kind != "service"):
            raise CallRefusedError(40200)
        self._follower(body).receive(self._to_message(kind, content))
        return {"errcode": 0, "errmsg": "ok"}

    def type(self, body: Mapping[str, Any]) -> dict[str, Any]:
        if body.get("command") not in ("Typing", "CancelTyping"):
            raise CallRefusedError(45072)
        self._follower(body).see_typing(body["command"] == "Typing", self.clock())
        return {"errcode": 0, "errmsg": "ok"}

    def online_agents(self) -> dict[str, Any]:
        if not self.has_customer_service:
            raise CallRefusedError(65400)
        return {"kf_online_list": list(self.agents)}

    def user_info(self, query: Mapping[str, Any]) -> dict[str, Any]:
        if query.get("openid") not in self.followers:
            raise CallRefusedError(40003)
        return self.followers[query["openid"]].to_info()

    def put_menu(self, body: Mapping[str, Any]) -> dict[str, Any]:
        check_menu(body)
        self.menu = {"button": body["button"]}
        return {"errcode": 0, "errmsg": "ok"}

    def get_menu(self) -> dict[str, Any]:
        if self.menu is None:
            raise CallRefusedError(46003)
        return {"menu": {**self.menu, "menuid": 1}}

    def delete_menu(self) -> dict[str, Any]:
        self.menu = None
        return {"errcode": 0, "errmsg": "ok"}

    def menu_in_use(self) -> dict[str, Any]:
        if self.menu is None:
            return {"is_menu_open": 0}
        return {"is_menu_open": 1, "selfmenu_info": to_current(self.menu)}

    def callback_addresses(self) -> dict[str, Any]:
        return {"ip_list": ["203.0.113.7", "203.0.113.64/26"]}

    def _check_credentials(self, address: str, given: Mapping[str, Any]) -> None:
        if given.get("grant_type") != "client_credential":
            raise CallRefusedError(40002)
        if given.get("appid") != self.account.app_id:
            raise CallRefusedError(40013)
        if not same(str(given.get("secret")), self.account.app_secret):
            raise CallRefusedError(40125)
        if self.whitelist is not None and address not in self.whitelist:
            raise CallRefusedError(40164)

    def _to_answer(self, issued: Issued) -> dict[str, Any]:
        return {"access_token": issued.token, "expires_in": int(issued.expires - self.clock())}

    def _follower(self, body: Mapping[str, Any]) -> Follower:
        openid = str(body.get("touser"))
        if openid not in self.followers:
            raise CallRefusedError(40003)
        return self.followers[openid]

    def _to_message(self, kind: str, content: dict[str, Any]) -> Received:
        try:
            if kind == "text":
                message = Received(kind, content["content"], self.clock())
            else:
                items = tuple((str(item["id"]), item["content"]) for item in content["list"])
                tail = content.get("tail_content", "")
                message = Received(kind, content.get("head_content", ""), self.clock(), items, tail)
            whole = message.text + "".join(text for _, text in message.items) + message.tail
        except (KeyError, TypeError):
            raise CallRefusedError(47001) from None
        if not whole:
            raise CallRefusedError(44004)
        if len(whole.encode("utf-8")) > LONGEST_TEXT:
            raise CallRefusedError(45002)
        return message
