"""The key under which people are hashed: REVIEW_KEY, or a file that is made at first use."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Optional

from bot.errors import SettingsError
from bot.settings import Settings

FILE = "review.key"
LEAST_CHARACTERS = 16


def read_key(settings: Settings) -> bytes:
    """Returns the key, and makes one where there is none. Raises SettingsError where it can't be used."""
    found = find_key(settings)
    if found is not None:
        return found
    file = key_file(settings)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _make(file)
        return _read(file)
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(file, error) from error


def find_key(settings: Settings) -> Optional[bytes]:
    """Returns the key, None where there is none yet. Raises SettingsError where it can't be used."""
    if settings.review_key:
        return _checked(str(settings.review_key), "REVIEW_KEY")
    file = key_file(settings)
    try:
        return _read(file)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(file, error) from error


def key_file(settings: Settings) -> Path:
    """Returns the file that the key is kept in, where REVIEW_KEY is not set."""
    return settings.project / "var" / FILE


def _read(file: Path) -> bytes:
    return _checked(file.read_text(encoding="ascii").strip(), str(file))


def _unusable(file: Path, error: Exception) -> SettingsError:
    return SettingsError(f"{file} can't be read or made ({error}): let this user write there, or set REVIEW_KEY")


def _make(file: Path) -> None:
    # Whole under its name or not there at all, and readable by nobody else at any time.
    part = file.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as opened:
            opened.write(secrets.token_hex(32))
            opened.flush()
            os.fsync(opened.fileno())
        # Another process may have been faster; then its key counts.
        with suppress(FileExistsError):
            os.link(part, file)
    finally:
        part.unlink(missing_ok=True)


def _checked(key: str, place: str) -> bytes:
    if len(key) < LEAST_CHARACTERS:
        raise SettingsError(f"the key in {place} is too short: write {LEAST_CHARACTERS} characters or more")
    return key.encode()


class Hashes:
    """Names of people, conversations and messages as the review database knows them (HMAC-SHA256, RFC 2104)."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def person(self, name: str) -> str:
        """Returns the hash of a person (`bot.learning.collecting.speakers`)."""
        return self._of("person", name)

    def conversation(self, name: str) -> str:
        """Returns the hash of a conversation's id."""
        return self._of("conversation", name)

    def message(self, conversation: str, key: str) -> str:
        """Returns the hash of a message's id in its channel."""
        return self._of("message", f"{conversation}\0{key}")

    def _of(self, kind: str, name: str) -> str:
        return hmac.new(self._key, f"{kind}\0{name}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()
