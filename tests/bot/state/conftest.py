"""A place for each kind of store, and stores that are closed after the test."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from redis import Redis

from bot.state.store import Store
from tests.bot.state.stores import OpenStore, open_at


@pytest.fixture(params=["sqlite", "redis"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store is: a file, or a Redis."""
    if request.param == "sqlite":
        return str(tmp_path / "state" / "state.db")
    url = str(request.getfixturevalue("redis_url"))
    with contextlib.closing(Redis.from_url(url)) as redis:
        redis.flushall()
    return url


@pytest_asyncio.fixture
async def open_store(place: str) -> AsyncIterator[OpenStore]:
    """Opens the store; each call makes a connection of its own."""
    opened: list[Store] = []

    def open_one() -> Store:
        opened.append(open_at(place))
        return opened[-1]

    yield open_one
    for store in opened:
        await store.close()


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    """An empty store."""
    return open_store()
