"""What the bot has to know about the WeChat account it answers for."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn, Optional, cast

from rasa.shared.exceptions import RasaException

API_BASE_URL = "https://api.weixin.qq.com"

Kind = Literal["subscription", "service"]
KINDS = ("subscription", "service")
ANSWERS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True)
class Account:
    """One account's settings, as its page on the WeChat developer platform names them.

    With an `encoding_aes_key` the account is in safe mode, and plain messages are refused. The previous key opens what
    was sent before WeChat took a new one over. `kind` is None where the operator does not say it: such an account is
    taken for one that may do the least. Only with an `app_secret` can the bot call WeChat.
    https://developers.weixin.qq.com/doc/service/guide/dev/push/encryption.html
    """

    token: str = field(repr=False)
    app_id: str = ""
    app_secret: str = field(default="", repr=False)
    encoding_aes_key: str = field(default="", repr=False)
    previous_encoding_aes_key: str = field(default="", repr=False)
    kind: Optional[Kind] = None
    verified: bool = False
    api_base_url: str = API_BASE_URL

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> Account:
        """Reads the `wechat` section of credentials.yml. Raises RasaException where it would be unsafe to run."""
        given = {key: str(value).strip() for key, value in (credentials or {}).items() if value not in (None, "")}
        account = cls(
            token=given.get("token", ""),
            app_id=given.get("app_id", ""),
            app_secret=given.get("app_secret", ""),
            encoding_aes_key=given.get("encoding_aes_key", ""),
            previous_encoding_aes_key=given.get("previous_encoding_aes_key", ""),
            kind=_kind(given.get("account_type", "").lower()),
            verified=_is_verified(given.get("verified", "no").lower()),
            api_base_url=given.get("api_base_url", API_BASE_URL).rstrip("/"),
        )
        account._check()
        return account

    @property
    def can_call(self) -> bool:
        """Whether the bot may ask WeChat for an access token."""
        return bool(self.app_id and self.app_secret)

    def _check(self) -> None:
        if not self.token:
            _refuse("token", "is missing: set WECHAT_TOKEN to the Token of the account's message push settings")
        for name in ("encoding_aes_key", "previous_encoding_aes_key"):
            key = getattr(self, name)
            if key and not _is_aes_key(key):
                _refuse(name, f"must be the 43 letters and digits of the account's EncodingAESKey (it has {len(key)})")
        if self.previous_encoding_aes_key and not self.encoding_aes_key:
            _refuse("previous_encoding_aes_key", "stands alone: set WECHAT_ENCODING_AES_KEY to the key of today")
        if self.encoding_aes_key and not self.app_id:
            _refuse("app_id", "is missing: set WECHAT_APP_ID, encrypted messages are checked against it")
        if self.app_secret and not self.app_id:
            _refuse("app_id", "is missing: set WECHAT_APP_ID, the app secret belongs to it")
        if not self.api_base_url.startswith(("https://", "http://")):
            _refuse("api_base_url", f"is no web address: leave WECHAT_API_BASE_URL unset for {API_BASE_URL}")


def _kind(given: str) -> Optional[Kind]:
    if given and given not in KINDS:
        _refuse("account_type", "is neither of the two: set WECHAT_ACCOUNT_TYPE to subscription or service")
    return cast("Optional[Kind]", given or None)


def _is_verified(given: str) -> bool:
    if given not in ANSWERS:
        _refuse("verified", "is no answer: set WECHAT_VERIFIED to yes or no")
    return ANSWERS[given]


def _is_aes_key(key: str) -> bool:
    try:
        return len(key) == 43 and len(base64.b64decode(key + "=", validate=True)) == 32
    except (binascii.Error, ValueError):
        return False


def _refuse(name: str, reason: str) -> NoReturn:
    raise RasaException(f"credentials.yml, wechat: '{name}' {reason}.")
