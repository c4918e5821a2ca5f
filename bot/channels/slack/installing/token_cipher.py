"""Keeps tokens secret where they are stored.

https://cryptography.io/en/latest/fernet/
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.channels.slack.installing.errors import InstallationError


class TokenCipher:
    """Encrypts with the first key, decrypts with any."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._newest = Fernet(keys[0].encode())
        self._all = MultiFernet([Fernet(key.encode()) for key in keys])

    def encrypt(self, token: Optional[str]) -> Optional[str]:
        """Returns a token as it is stored; None stays None."""
        return None if token is None else self._newest.encrypt(token.encode()).decode()

    def decrypt(self, stored: Optional[str]) -> Optional[str]:
        """Returns a token as it was. Raises InstallationError where no key fits."""
        if stored is None:
            return None
        try:
            return self._all.decrypt(stored.encode()).decode()
        except InvalidToken:
            raise InstallationError(
                "a Slack installation can't be read: none of the keys in SLACK_ENCRYPTION_KEY fits. Add the former "
                "key behind a comma, or have the app installed again"
            ) from None

    def is_newest(self, stored: Optional[str]) -> bool:
        """Returns whether the first key fits, so that the others are not needed for it."""
        try:
            return stored is None or bool(self._newest.decrypt(stored.encode()))
        except InvalidToken:
            return False
