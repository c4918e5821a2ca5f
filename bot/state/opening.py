"""Which store the settings ask for."""

from __future__ import annotations

from functools import lru_cache

from bot.settings import Settings
from bot.state.redis_store import RedisStore
from bot.state.sqlite_store import SqliteStore
from bot.state.store import Store


def open_store(settings: Settings) -> Store:
    """Returns the store: in Redis with REDIS_URL, else in STATE_FILE. Raises StoreError."""
    if settings.redis_url:
        return RedisStore(str(settings.redis_url))
    return SqliteStore(settings.state_file)


@lru_cache(maxsize=1)
def shared_store() -> Store:
    """Returns the one store of this process, opened by its settings at first use."""
    return open_store(Settings.read())
