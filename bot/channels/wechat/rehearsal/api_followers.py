"""Followers: what they did, what they may be sent, and what they were sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.channels.wechat.rehearsal.api_errors import CallRefusedError

# https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage
# What a follower does, how many messages he may then be sent, and in how many seconds.
ALLOWED = {"message": (5, 172800), "menu": (3, 60), "subscribe": (3, 60), "scan": (3, 60)}
TYPING_AFTER = 30
TYPING_LASTS = 15


@dataclass(frozen=True)
class Received:
    """What a follower sees: a text, or a text with lines to tap (msgmenu: id and text of each)."""

    kind: str
    text: str
    at: float
    items: tuple[tuple[str, str], ...] = ()
    tail: str = ""


@dataclass
class Follower:
    """One follower. The counts don't add up: what he does lifts count and time to the larger of old and new.

    So says the page for mini programs; the one for public accounts says nothing of it.
    https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/customer-message/send.html
    """

    openid: str
    language: str = "zh_CN"
    follows: bool = True
    refuses: bool = False
    left: int = 0
    until: float = 0.0
    wrote: float = float("-inf")
    typing_until: float = 0.0
    received: list[Received] = field(default_factory=list)

    def did(self, what: str, now: float) -> None:
        """Notes that he wrote ("message"), tapped the menu ("menu"), followed ("subscribe") or scanned ("scan")."""
        count, seconds = ALLOWED[what]
        self.left = max(self.left, count) if now < self.until else count
        self.until = max(self.until, now + seconds)
        self.follows = self.follows or what == "subscribe"
        if what == "message":
            self.wrote = now

    def receive(self, received: Received) -> None:
        """Takes a message. Raises CallRefusedError where he may not be sent one."""
        if self.refuses:
            raise CallRefusedError(48002)
        self._check_time(received.at)
        if self.left <= 0:
            raise CallRefusedError(45047)
        self.left -= 1
        self.typing_until = 0.0
        self.received.append(received)

    def see_typing(self, on: bool, now: float) -> None:
        """Sees, or sees no more, that somebody is typing."""
        self._check_time(now)
        if on and now - self.wrote > TYPING_AFTER:
            raise CallRefusedError(45080)
        if on and now < self.typing_until:
            raise CallRefusedError(45081)
        self.typing_until = now + TYPING_LASTS if on else 0.0

    def to_info(self) -> dict[str, Any]:
        """Returns what the API tells of him: https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_userinfo.html"""
        if not self.follows:
            return {"subscribe": 0, "openid": self.openid, "tagid_list": []}
        return {"subscribe": 1, "openid": self.openid, "language": self.language, "tagid_list": []}

    def _check_time(self, now: float) -> None:
        if not self.follows or now >= self.until:
            raise CallRefusedError(45015)
