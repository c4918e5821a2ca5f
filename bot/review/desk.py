"""What every request needs: settings, database, sessions, jobs, and the project's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.learning.database import ReviewDatabase, open_review_database
from bot.review.attempts import Attempts
from bot.review.jobs import Jobs
from bot.review.project import Project
from bot.review.secret_key import Signer, read_key
from bot.review.sessions import Sessions
from bot.settings import Settings
from bot.state.opening import open_store

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True)
class Desk:
    """`origin` is how browsers name the review (REVIEW_URL), None where each request says so itself."""

    settings: Settings
    database: ReviewDatabase
    sessions: Sessions
    project: Project
    jobs: Jobs
    origin: Optional[str] = None
    attempts: Attempts = field(default_factory=Attempts)

    @classmethod
    def open(cls, settings: Settings) -> Desk:
        """Opens all of it. Raises SettingsError, ReviewDatabaseError or StoreError where something can't be used."""
        return cls(
            settings=settings,
            database=open_review_database(settings),
            sessions=open_sessions(settings),
            project=Project(settings),
            jobs=Jobs(settings.project),
            origin=origin_of(settings.review_url),
        )


def open_sessions(settings: Settings) -> Sessions:
    """Returns the sessions, which all processes with the same state share."""
    return Sessions(open_store(settings), Signer(read_key(settings.project / "var" / "review_session_key")))


def origin_of(url: str) -> Optional[str]:
    """Returns the origin of REVIEW_URL, None where it is not set. Raises SettingsError where it is none."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise SettingsError(f"REVIEW_URL is {url!r}: write the address alone, such as https://review.example.com")
    return f"{parts.scheme}://{parts.netloc}"


def known_hosts(host: str, origin: Optional[str]) -> Optional[frozenset[str]]:
    """Returns the names that a review on this host may be asked by, None for any (all addresses, no REVIEW_URL)."""
    named = {str(urlsplit(origin).hostname)} if origin else set()
    if host in ("127.0.0.1", "::1", "localhost"):
        return LOOPBACK | named
    return LOOPBACK | named | {host} if origin else None
