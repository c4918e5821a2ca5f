"""Messages that travel as they are, signed in the address alone."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.wechat.errors import ForgedDeliveryError
from bot.channels.wechat.messages import read_fields
from bot.channels.wechat.opened import Opened
from bot.channels.wechat.signature import is_signed


class PlainMode:
    """https://developers.weixin.qq.com/doc/service/guide/dev/push/"""

    def __init__(self, token: str) -> None:
        self._token = token

    def verify(self, query: Mapping[str, str]) -> None:
        """Checks the signature in an address. Raises ForgedDeliveryError."""
        if not is_signed(query["signature"], self._token, query["timestamp"], query["nonce"]):
            raise ForgedDeliveryError("the signature does not fit: is the token the same on both sides?")

    def open(self, query: Mapping[str, str], body: bytes) -> Opened:
        """Returns a signed message. Raises DeliveryError."""
        self.verify(query)
        return Opened(read_fields(body), lambda xml, now: xml)
