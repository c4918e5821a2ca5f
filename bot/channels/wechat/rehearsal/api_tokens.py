"""Access tokens as WeChat gives and takes them.

https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken.html
https://developers.weixin.qq.com/doc/service/api/base/api_getaccesstoken.html
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Optional

from bot.channels.wechat.rehearsal.api_errors import CallRefusedError

OVERLAP = 5 * 60
FORCED_APART = 30
FORCED_A_DAY = 20
DAY = 24 * 60 * 60


def same(one: str, other: str) -> bool:
    """Compares two secrets in constant time, whatever characters they hold."""
    return secrets.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


@dataclass
class Issued:
    """A token: it has a life of its own, and ends sooner where it was replaced."""

    token: str
    expires: float
    replaced: float = float("inf")


class TokenOffice:
    """Gives out tokens of one kind. A replaced one counts for five minutes more; one replaced twice is dead at once."""

    def __init__(self, clock: Callable[[], float], life: float) -> None:
        self.life = life
        self._clock = clock
        self._current: Optional[Issued] = None
        self._previous: Optional[Issued] = None
        self._forced: list[float] = []

    def stable(self, force: bool) -> Issued:
        """Returns the token of `stable_token`: the present one but for the last five minutes of its life."""
        now = self._clock()
        if force:
            if self._current and self._forced and now - self._forced[-1] < FORCED_APART:
                return self._current
            self._forced = [at for at in self._forced if at > now - DAY]
            if len(self._forced) >= FORCED_A_DAY:
                raise CallRefusedError(45009)
            self._forced.append(now)
        elif self._current and self._current.expires - now > OVERLAP:
            return self._current
        return self.new()

    def new(self) -> Issued:
        """Returns a new token."""
        now = self._clock()
        if self._current:
            self._current.replaced = now + OVERLAP
        self._previous, self._current = self._current, Issued(secrets.token_urlsafe(96), now + self.life)
        return self._current

    def knows(self, token: str) -> bool:
        """Whether a token counts. Raises CallRefusedError for one whose time is over."""
        now = self._clock()
        for issued in (self._current, self._previous):
            if issued and same(issued.token, token) and now < issued.replaced:
                if now >= issued.expires:
                    raise CallRefusedError(42001)
                return True
        return False

    def spoil(self) -> None:
        """Makes the tokens that are out count no more, while `stable` still gives the present one."""
        for issued in (self._current, self._previous):
            if issued:
                issued.replaced = self._clock()
