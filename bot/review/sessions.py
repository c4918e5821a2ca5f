"""Who is logged in: a session kept in the shared state, named by a signed cookie, and links for one login."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Optional

from bot.review.secret_key import Signer
from bot.state import Store

HOUR = 60 * 60
SESSION_LIFE = 12 * HOUR
LINK_LIFE = HOUR
COOKIE = "wenhao_review"
SESSION, CSRF = "session", "csrf"


@dataclass(frozen=True)
class Session:
    """One login. `token_hash` is that of the token it began with; empty where it began with a link."""

    id: str
    name: str
    token_hash: str
    csrf: str


class Sessions:
    """Opens, finds and closes sessions. What is kept names them by a hash: reading it lets nobody in."""

    def __init__(self, store: Store, signer: Signer) -> None:
        self._store = store
        self._signer = signer

    async def open(self, name: str, token_hash: str = "") -> str:
        """Opens a session for somebody and returns the value of its cookie."""
        identity = secrets.token_urlsafe(32)
        kept = json.dumps({"name": name, "token_hash": token_hash})
        await self._store.put(_place("session", identity), kept, SESSION_LIFE)
        return f"{identity}.{self._signer.sign(SESSION, identity)}"

    async def find(self, cookie: str) -> Optional[Session]:
        """Returns the session of a cookie, or None where the cookie was not signed here or the session is over."""
        identity, _, signature = cookie.partition(".")
        if not self._signer.fits(SESSION, identity, signature):
            return None
        kept = await self._store.get(_place("session", identity))
        if kept is None:
            return None
        return Session(id=identity, csrf=self._signer.sign(CSRF, identity), **json.loads(kept))

    async def close(self, session: Session) -> None:
        """Ends a session: its cookie is worth nothing from now on."""
        await self._store.remove(_place("session", session.id))

    async def close_store(self) -> None:
        """Gives back what the store holds open."""
        await self._store.close()

    def is_csrf(self, session: Session, token: str) -> bool:
        """Says whether a form carries the token of its session."""
        return self._signer.fits(CSRF, session.id, token)

    async def make_link(self, name: str) -> str:
        """Returns a token that lets somebody in once, within the hour."""
        token = secrets.token_urlsafe(32)
        await self._store.put(_place("link", token), name, LINK_LIFE)
        return token

    async def use_link(self, token: str) -> Optional[str]:
        """Uses a link's token up and returns whom it lets in, or None where it was used, is too old or never was."""
        name = await self._store.get(_place("link", token))
        # Of several that try at once, one removes it.
        return name if name is not None and await self._store.remove(_place("link", token)) else None


def _place(kind: str, token: str) -> str:
    return f"review:{kind}:{hashlib.sha256(token.encode('utf-8', 'replace')).hexdigest()}"
