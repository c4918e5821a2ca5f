"""The state of an installation that somebody began: good once, for ten minutes, in the browser that began it.

https://docs.slack.dev/authentication/installing-with-oauth/
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from bot.state import Store

SECONDS = 10 * 60
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class States:
    """Hands out states and takes each back once. Raises StoreError where the store can't be reached."""

    def __init__(self, store: Store, seconds: float = SECONDS) -> None:
        self._store = store
        self._seconds = seconds

    async def new(self, browser: str) -> str:
        """Returns a new state for a browser, which is known by a secret in its cookie."""
        state = secrets.token_urlsafe(32)
        await self._store.add(_key(state), _digest(browser), self._seconds)
        return state

    async def use(self, state: str, browser: str) -> bool:
        """Returns whether a state is good. It never is again, unless it came from another browser."""
        if not TOKEN.fullmatch(state) or not TOKEN.fullmatch(browser):
            return False
        bound = await self._store.get(_key(state))
        # A stranger who learned the state must neither use it nor use it up.
        if bound is None or not hmac.compare_digest(bound, _digest(browser)):
            return False
        return await self._store.remove(_key(state))


def new_browser(known: str = "") -> str:
    """Returns the secret that a browser has in its cookie, or a new one."""
    return known if TOKEN.fullmatch(known) else secrets.token_urlsafe(32)


def _key(state: str) -> str:
    # Whoever reads the store must not be able to finish somebody's installation.
    return f"slack:install:{_digest(state)}"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
