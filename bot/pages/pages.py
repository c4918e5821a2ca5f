"""Documents that are kept for a while, each under an address of its own."""

from __future__ import annotations

import json
import secrets
from typing import Any, Optional

from bot.state import Store
from bot.state.store import DAY

LIFE = 30 * DAY
PATH = "/pages/"


class Pages:
    """Keeps documents as data; what kind of document it is says its `kind`, and the template of that name shows it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def keep(self, kind: str, document: dict[str, Any], seconds: float = LIFE) -> str:
        """Keeps a document and returns the path of its page, of 128 random bits."""
        name = secrets.token_urlsafe(16)
        await self._store.put(_place(name), json.dumps({"kind": kind, **document}, ensure_ascii=False), seconds)
        return PATH + name

    async def find(self, name: str) -> Optional[dict[str, Any]]:
        """Returns the document of a page, or None where there is none, or its time is over."""
        text = await self._store.get(_place(name))
        return None if text is None else json.loads(text)


def _place(name: str) -> str:
    return f"page:{name}"
