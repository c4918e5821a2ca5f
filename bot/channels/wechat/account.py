"""What the bot has to know about the WeChat account it answers for."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from rasa.shared.exceptions import RasaException


@dataclass(frozen=True)
class Account:
    """One account's settings, as its page on the WeChat developer platform names them.

    With an `encoding_aes_key` the account is in safe mode, and plain messages are refused.
    https://developers.weixin.qq.com/doc/service/guide/dev/push/encryption.html
    """

    token: str = field(repr=False)
    app_id: str = ""
    encoding_aes_key: str = field(default="", repr=False)

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> Account:
        """Reads the `wechat` section of credentials.yml. Raises RasaException where it would be unsafe to run."""
        given = {key: str(value) for key, value in (credentials or {}).items() if value not in (None, "")}
        account = cls(
            token=given.get("token", ""),
            app_id=given.get("app_id", ""),
            encoding_aes_key=given.get("encoding_aes_key", ""),
        )
        account._check()
        return account

    def _check(self) -> None:
        if not self.token:
            _refuse("token", "is missing: set WECHAT_TOKEN to the Token of the account's message push settings")
        if not self.encoding_aes_key:
            return
        if not _is_aes_key(self.encoding_aes_key):
            _refuse("encoding_aes_key", "must be the 43 letters and digits of the account's EncodingAESKey")
        if not self.app_id:
            _refuse("app_id", "is missing: set WECHAT_APP_ID, encrypted messages are checked against it")


def _is_aes_key(key: str) -> bool:
    try:
        return len(key) == 43 and len(base64.b64decode(key + "=", validate=True)) == 32
    except (binascii.Error, ValueError):
        return False


def _refuse(name: str, reason: str) -> NoReturn:
    raise RasaException(f"credentials.yml, wechat: '{name}' {reason}.")
