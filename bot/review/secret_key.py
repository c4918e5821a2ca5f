"""The key that sessions are signed with: made once, readable by its owner alone."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.errors import SettingsError

LENGTH = 32


class Signer:
    """Signs short texts for one purpose each, and checks signatures in constant time."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, purpose: str, text: str) -> str:
        """Returns the signature of a text: 64 hexadecimal digits."""
        return hmac.new(self._key, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()

    def fits(self, purpose: str, text: str, signature: str) -> bool:
        """Says whether a signature is that of a text."""
        return hmac.compare_digest(self.sign(purpose, text).encode(), signature.encode("utf-8", "replace"))


def read_key(file: Path) -> bytes:
    """Returns the key in a file, made now where there is none. Raises SettingsError where it can't be used."""
    try:
        if not file.exists():
            _make(file)
        key = bytes.fromhex(file.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file} can't be used as the review's key ({error}): delete it to have one made") from None
    if len(key) < LENGTH:
        raise SettingsError(f"{file} is too short for a key: delete it to have one made")
    return key


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    made = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
        output.write(secrets.token_hex(LENGTH))
    try:
        # Of two processes that start at once, the second takes the first one's key.
        os.link(made, file)
    except FileExistsError:
        pass
    finally:
        made.unlink()
