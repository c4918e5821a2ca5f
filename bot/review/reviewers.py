"""Who may review. A token is shown once, when it is made, and kept as a hash."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import NamedTuple, Optional

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.errors import WenhaoError
from bot.learning.database import now
from bot.learning.schema import REVIEWERS

NAME = re.compile(r"[^\s\x00-\x1f][^\x00-\x1f]{0,39}")


class ReviewerError(WenhaoError):
    """A reviewer's name can't be used."""


class Reviewer(NamedTuple):
    """Somebody with a token."""

    name: str
    language: str
    token_hash: str


def make_token(connection: Connection, name: str, language: str = "en") -> str:
    """Makes a reviewer's token, in the place of the one they had, and returns it. Raises ReviewerError.

    Sessions that began with the old one end.
    """
    name = name.strip()
    if not NAME.fullmatch(name):
        raise ReviewerError("a reviewer's name has 1 to 40 characters and no line breaks")
    token = secrets.token_urlsafe(32)
    values = {"token_hash": hash_of(token), "language": language, "made_at": now()}
    changed = connection.execute(REVIEWERS.update().where(REVIEWERS.c.name == name).values(**values))
    if not changed.rowcount:
        connection.execute(REVIEWERS.insert().values(name=name, **values))
    return token


def remove_reviewer(connection: Connection, name: str) -> bool:
    """Takes a reviewer's access away. Says whether they had any."""
    return bool(connection.execute(REVIEWERS.delete().where(REVIEWERS.c.name == name)).rowcount)


def reviewer_with(connection: Connection, token: str) -> Optional[Reviewer]:
    """Returns whose token it is, or None where it is nobody's."""
    wanted, found = hash_of(token), None
    # All are looked at, so that the time taken tells nothing.
    for reviewer in _all(connection):
        if hmac.compare_digest(reviewer.token_hash, wanted):
            found = reviewer
    return found


def find_reviewer(connection: Connection, name: str) -> Optional[Reviewer]:
    """Returns a reviewer by name, or None."""
    return next((reviewer for reviewer in _all(connection) if reviewer.name == name), None)


def hash_of(token: str) -> str:
    """Returns what is kept of a token. It has 256 random bits, so a plain hash can't be guessed back."""
    return hashlib.sha256(token.strip().encode("utf-8", "replace")).hexdigest()


def _all(connection: Connection) -> list[Reviewer]:
    table = REVIEWERS.c
    return [Reviewer(*row) for row in connection.execute(select(table.name, table.language, table.token_hash))]
