"""A column whose texts are encrypted in the database and plain in the program."""

from __future__ import annotations

from typing import Any, Optional

from sqlalchemy.types import Text, TypeDecorator

from bot.channels.slack.installing.token_cipher import TokenCipher


class EncryptedText(TypeDecorator[str]):
    """Encrypts what is written and decrypts what is read. Reading raises InstallationError where no key fits."""

    impl = Text
    # A statement holds the keys of its columns: it must not be kept for another store with others.
    cache_ok = False

    def __init__(self, cipher: TokenCipher) -> None:
        super().__init__()
        self._cipher = cipher

    def process_bind_param(self, value: Optional[str], dialect: Any) -> Optional[str]:
        return self._cipher.encrypt(value)

    def process_result_value(self, value: Optional[str], dialect: Any) -> Optional[str]:
        return self._cipher.decrypt(value)

    def copy(self, **_: Any) -> EncryptedText:
        return EncryptedText(self._cipher)
