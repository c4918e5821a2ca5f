"""What can go wrong when the bot calls WeChat. Every message is one line that ends with what the operator can do.

WeChatApiError
  UnreachableError          the call surely did not arrive
  UnknownOutcomeError       the call may have arrived: never repeat a send after it
  RefusedError              WeChat answered with an error code
    TokenRefusedError       the access token does not count (any more)
    WrongCredentialsError   the app id or secret is wrong, or may not be used
    AddressRefusedError     WeChat does not take calls from this machine's address
    NoRightError            the account may not make this call
    WindowClosedError       the follower was silent for too long, or follows no more
    CountUsedUpError        the follower was sent all that his last message or click allows
    LimitReachedError       too many calls
    BusyError               WeChat asks to come again
    TooLongError            the message is longer than WeChat takes
    NotFollowerError        nobody with this openid follows the account
    UserRefusesError        the follower takes no messages from the account
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

from bot.errors import WenhaoError

PLATFORM = "the account's page on the WeChat developer platform (微信开发者平台)"
LONGEST_MESSAGE = 200


class WeChatApiError(WenhaoError):
    """A call of WeChat's API failed. `remedy` says in one line what the operator can do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}: {remedy}")
        self.remedy = remedy


class UnreachableError(WeChatApiError):
    """The call surely did not arrive at WeChat."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, "check this machine's network, and that WECHAT_API_BASE_URL is right or unset")


class UnknownOutcomeError(WeChatApiError):
    """The call may have arrived, and nobody can say: whoever repeats it may send twice."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, "WeChat may have done it all the same, so it is not repeated; check the network")


class RefusedError(WeChatApiError):
    """WeChat answered with an error code. `code` and `message` are its own."""

    def __init__(self, code: int, message: str, remedy: str) -> None:
        # What comes from outside must not break the line in the log.
        self.message = " ".join(message.split())[:LONGEST_MESSAGE]
        self.code = code
        super().__init__(f"WeChat answered {code} ({self.message})", remedy)


class TokenRefusedError(RefusedError):
    """The access token does not count, or not any more."""


class WrongCredentialsError(RefusedError):
    """The app id or the app secret is wrong, or may not be used."""


class AddressRefusedError(RefusedError):
    """WeChat does not take calls from this machine. `address` is the one it saw, empty where it does not say."""

    def __init__(self, code: int, message: str, remedy: str) -> None:
        self.address = _address_in(message)
        super().__init__(code, message, remedy.format(address=self.address or "this machine's public address"))


class NoRightError(RefusedError):
    """The account may not make this call, whatever the token."""


class WindowClosedError(RefusedError):
    """The time in which the follower may be written to is over, or he follows no more."""


class CountUsedUpError(RefusedError):
    """The follower was sent as many messages as he may be until he writes or clicks again."""


class LimitReachedError(RefusedError):
    """Too many calls in a day or a minute."""


class BusyError(RefusedError):
    """WeChat asks to come again."""


class TooLongError(RefusedError):
    """The message is longer than WeChat takes."""


class NotFollowerError(RefusedError):
    """Nobody with this openid follows the account."""


class UserRefusesError(RefusedError):
    """The follower has switched the account's messages off."""


_RIGHTS = (
    "Wenhao then answers by passive replies alone; set WECHAT_ACCOUNT_TYPE and WECHAT_VERIFIED to what the account is"
)
_WAIT = "nothing to do: Wenhao asks for a new one, and says so if that does not help"
_UNTIL_NEXT = "nothing to do: the rest is kept for the follower's next message"
_FOLLOWER = "nothing to do if he left; else check that WECHAT_APP_ID is the account the message came from"

Kind = type[RefusedError]

# https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html
_KINDS: Sequence[tuple[tuple[int, ...], Kind, str]] = (
    ((40001, 40014, 42001), TokenRefusedError, _WAIT),
    ((40013, 41002), WrongCredentialsError, f"set WECHAT_APP_ID to the AppID on {PLATFORM}"),
    ((40125, 41004), WrongCredentialsError, f"set WECHAT_APP_SECRET to the AppSecret on {PLATFORM}"),
    ((40243,), WrongCredentialsError, f"the AppSecret is frozen: unfreeze it on {PLATFORM}"),
    ((40164, 61004), AddressRefusedError, f"add {{address}} to the IP whitelist (IP白名单) on {PLATFORM}"),
    (
        (89503,),
        AddressRefusedError,
        "ask the account's administrator to confirm {address} in the message he got in WeChat",
    ),
    ((89506, 89507), AddressRefusedError, "the administrator refused {address}: ask him, and try again later"),
    ((48001,), NoRightError, f"the account has no right to this call; {_RIGHTS}"),
    ((40200,), NoRightError, "this kind of account has no message menus; Wenhao then lists choices as text"),
    (
        (65400,),
        NoRightError,
        "switch customer service (客服功能) on in mp.weixin.qq.com, or do without people taking over",
    ),
    ((48004,), NoRightError, "WeChat has barred the account from this call: look at its notices in mp.weixin.qq.com"),
    ((45015,), WindowClosedError, _UNTIL_NEXT),
    ((45047,), CountUsedUpError, _UNTIL_NEXT),
    ((45009,), LimitReachedError, f"the day's calls are used up: wait for tomorrow, or clear the count on {PLATFORM}"),
    ((45011,), LimitReachedError, "too many calls in a minute: wait for the next one"),
    ((-1,), BusyError, "WeChat is busy: try again later"),
    ((45002,), TooLongError, "the message is too long for WeChat: shorten it"),
    ((40003, 43004), NotFollowerError, _FOLLOWER),
    ((48002,), UserRefusesError, "nothing to do: the follower has switched the account's messages off"),
)
_BY_CODE = {code: (kind, remedy) for codes, kind, remedy in _KINDS for code in codes}
_OTHER = "look the code up at https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html"
_SECRET = f"set WECHAT_APP_SECRET to the AppSecret on {PLATFORM}; it may have been reset"


def to_refusal(code: int, message: str, for_token: bool = False) -> RefusedError:
    """Returns the error for a code. Where a token was asked for (`for_token`), 40001 means a wrong secret."""
    if for_token and code == 40001:
        return WrongCredentialsError(code, message, _SECRET)
    kind, remedy = _BY_CODE.get(code, (RefusedError, _OTHER))
    return kind(code, message, remedy)


def _address_in(message: str) -> str:
    """Returns the address in "invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist"."""
    for found in re.findall(r"\bip(?:v6)?\s+([0-9A-Fa-f.:]+)", message):
        try:
            address = ipaddress.ip_address(found)
        except ValueError:
            continue
        return str(getattr(address, "ipv4_mapped", None) or address)
    return ""
