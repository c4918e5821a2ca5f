"""What several processes must agree on: small values under keys, and queues of keys with a time.

On one machine it stands in a SQLite file, with REDIS_URL in Redis. Nothing in here knows what it keeps.
"""

from bot.state.opening import open_store, shared_store
from bot.state.store import Store, StoreError

__all__ = ["Store", "StoreError", "open_store", "shared_store"]
