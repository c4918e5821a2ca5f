"""The played API, stores of both kinds, and clients that are closed after the test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.channels.wechat.api.client import WeChatApi
from bot.channels.wechat.api.transport import Transport
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn
from bot.state.store import Store
from tests.bot.channels.wechat.playing import account_at, playing
from tests.bot.state.stores import OpenStore, open_at

Connect = Callable[..., WeChatApi]
PAUSES = (0.02, 0.06)


@pytest.fixture
def weixin() -> Iterator[ApiStandIn]:
    """WeChat's API for a verified service account."""
    with playing() as api:
        yield api


@pytest.fixture
def place(tmp_path: Path) -> str:
    """Where the store is. Tests for both kinds ask for `any_place`."""
    return str(tmp_path / "state.db")


@pytest.fixture(params=["sqlite", "redis"])
def any_place(request: pytest.FixtureRequest, place: str) -> str:
    """A place for a store of each kind."""
    return place if request.param == "sqlite" else str(request.getfixturevalue("redis_url"))


@pytest_asyncio.fixture
async def open_store(place: str) -> AsyncIterator[Callable[..., Store]]:
    """Opens the store; each call makes a connection of its own."""
    opened: list[Store] = []

    def open_one(at: str = place) -> Store:
        opened.append(open_at(at))
        return opened[-1]

    yield open_one
    for store in opened:
        await store.close()


@pytest_asyncio.fixture
async def connect(weixin: ApiStandIn, open_store: OpenStore) -> AsyncIterator[Connect]:
    """Makes a client with a store and connections of its own. Its clock is the platform's."""
    made: list[WeChatApi] = []

    def make(store: Any = None, total: float = 5.0, clock: Any = None, **account: Any) -> WeChatApi:
        ours = account_at(weixin, **account)
        transport = Transport(ours.api_base_url, total, PAUSES)
        made.append(WeChatApi(ours, store or open_store(), transport, clock or weixin.now))
        return made[-1]

    yield make
    for api in made:
        await api.close()
