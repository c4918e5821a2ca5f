"""What the played API refuses a call with, in WeChat's words.

https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html
"""

from __future__ import annotations

MESSAGES = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40008: "invalid message type",
    40013: "invalid appid",
    40014: "invalid access_token",
    40016: "invalid button size",
    40017: "invalid button type",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40020: "invalid button url size",
    40022: "invalid sub button level",
    40023: "invalid sub button size",
    40024: "invalid sub button type",
    40025: "invalid sub button name size",
    40026: "invalid sub button key size",
    40027: "invalid sub button url size",
    40125: "invalid appsecret",
    40164: "invalid ip {address} ipv6 ::ffff:{address}, not in whitelist",
    40200: "invalid account type",
    41001: "access_token missing",
    42001: "access_token expired",
    43001: "require GET method",
    43002: "require POST method",
    43004: "require subscribe",
    44002: "empty post data",
    44004: "empty content",
    45002: "content size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45047: "out of response count limit",
    45072: "invalid command",
    45080: "need sending message to user, or recv msg from user in the past 30 seconds before typing",
    45081: "already in typing state",
    46003: "menu no exist",
    47001: "data format error",
    48001: "api unauthorized",
    48002: "user refuse to accept the msg",
    65400: "please enable new custom service, or wait for a while if you have enabled",
    89503: "this ip needs to be confirmed by the administrator, ip {address}",
}


class CallRefusedError(Exception):
    """The call is answered with an error code."""

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message

    def to_answer(self, address: str, call: int) -> dict[str, object]:
        """Returns WeChat's answer to a call from an address. The call's number stands in for WeChat's own."""
        message = (self.message or MESSAGES.get(self.code, "error")).replace("{address}", address)
        return {"errcode": self.code, "errmsg": f"{message} rid: {call:08x}-played"}
