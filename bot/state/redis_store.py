"""The store in Redis, for many machines."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Optional, cast

from redis import asyncio as redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from bot.state.store import StoreError

PREFIX = "wenhao:"
TIMEOUT_SECONDS = 5
IDLE_SECONDS = 1

# https://redis.io/docs/latest/develop/interact/programmability/eval-intro/
REPLACE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
"""


class RedisStore:
    """Values are Redis' strings with a life, queues its sorted sets."""

    def __init__(self, url: str) -> None:
        try:
            self._redis = redis.Redis.from_url(
                url,
                decode_responses=True,
                socket_timeout=TIMEOUT_SECONDS,
                socket_connect_timeout=TIMEOUT_SECONDS,
                # A connection that Redis or a proxy has closed meanwhile is seen and opened anew. Only that is tried
                # twice: a command whose answer was lost may have been carried out.
                health_check_interval=IDLE_SECONDS,
                retry=Retry(NoBackoff(), 1),
            )
        except ValueError:
            # The error may quote the address.
            raise StoreError("REDIS_URL is no Redis address: write redis://host:port/database") from None

    async def get(self, key: str) -> Optional[str]:
        return cast("Optional[str]", await _reached(self._redis.get(PREFIX + key)))

    async def add(self, key: str, value: str, seconds: float) -> bool:
        return bool(await _reached(self._redis.set(PREFIX + key, value, px=_milliseconds(seconds), nx=True)))

    async def put(self, key: str, value: str, seconds: float) -> None:
        await _reached(self._redis.set(PREFIX + key, value, px=_milliseconds(seconds)))

    async def replace(self, key: str, old: str, new: str, seconds: float) -> bool:
        return bool(await _reached(self._redis.eval(REPLACE, 1, PREFIX + key, old, new, str(_milliseconds(seconds)))))

    async def remove(self, key: str) -> bool:
        return bool(await _reached(self._redis.delete(PREFIX + key)))

    async def schedule(self, queue: str, key: str, at: float) -> None:
        await _reached(self._redis.zadd(PREFIX + queue, {key: at}))

    async def unschedule(self, queue: str, key: str) -> bool:
        return bool(await _reached(self._redis.zrem(PREFIX + queue, key)))

    async def due(self, queue: str, now: float, limit: int = 100) -> list[str]:
        found = await _reached(self._redis.zrangebyscore(PREFIX + queue, "-inf", now, start=0, num=limit))
        return cast("list[str]", found)

    async def close(self) -> None:
        await self._redis.close(close_connection_pool=True)


async def _reached(call: Awaitable[Any]) -> Any:
    try:
        return await call
    except (RedisError, OSError) as error:
        # Redis' own errors may quote the address, and with it the password.
        raise StoreError(f"Redis does not answer ({type(error).__name__}): is REDIS_URL right?") from None


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
