"""Stores that can't be used say so in one line, without a password."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.state.opening import open_store
from bot.state.redis_store import IDLE_SECONDS, RedisStore
from bot.state.sqlite_store import WRITES_PER_CLEANING, SqliteStore
from bot.state.store import Store, StoreError, update

CALLS: dict[str, Callable[[Store], Awaitable[object]]] = {
    "get": lambda store: store.get("a"),
    "add": lambda store: store.add("a", "1", 1),
    "put": lambda store: store.put("a", "1", 1),
    "replace": lambda store: store.replace("a", "1", "2", 1),
    "remove": lambda store: store.remove("a"),
    "schedule": lambda store: store.schedule("queue", "a", 1),
    "unschedule": lambda store: store.unschedule("queue", "a"),
    "due": lambda store: store.due("queue", 1),
    "update": lambda store: update(store, "a", lambda _: 1),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_a_redis_that_is_not_there(call: Callable[[Store], Awaitable[object]], free_port: int) -> None:
    store = RedisStore(f"redis://:hunter2@127.0.0.1:{free_port}/0")
    with pytest.raises(StoreError) as raised:
        await call(store)
    await store.close()
    assert "REDIS_URL" in str(raised.value)
    assert "hunter2" not in _all_of(raised.value)


async def test_a_redis_that_does_not_know_the_password(redis_url: str) -> None:
    store = RedisStore(redis_url.replace("redis://", "redis://:hunter2@"))
    with pytest.raises(StoreError) as raised:
        await store.get("a")
    await store.close()
    assert "hunter2" not in _all_of(raised.value)


async def test_a_redis_that_hangs(free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.state.redis_store.TIMEOUT_SECONDS", 0.1)
    ended = asyncio.Event()

    async def say_nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ended.wait()
        writer.close()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", free_port):
        store = RedisStore(f"redis://127.0.0.1:{free_port}")
        with pytest.raises(StoreError, match="Redis does not answer"):
            await store.get("a")
        await store.close()
        ended.set()


async def test_a_command_whose_answer_is_lost_is_not_repeated(free_port: int) -> None:
    commands: list[bytes] = []

    async def break_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while b"PING" in (command := await reader.read(1000)):
            writer.write(b"+PONG\r\n")
        commands.append(command)
        writer.close()

    async with await asyncio.start_server(break_off, "127.0.0.1", free_port):
        store = RedisStore(f"redis://127.0.0.1:{free_port}")
        with pytest.raises(StoreError, match="Redis does not answer"):
            await store.unschedule("queue", "a")
        await store.close()
    assert [b"ZREM" in command for command in commands] == [True]


async def test_a_connection_that_redis_closed(redis_url: str) -> None:
    store = RedisStore(redis_url)
    await store.put("closed-on-us", "1", 60)
    await store._redis.client_kill_filter(_type="normal", skipme=False)
    await asyncio.sleep(IDLE_SECONDS + 0.1)
    assert await store.get("closed-on-us") == "1"
    await store.close()


@pytest.mark.parametrize("url", ["http://:hunter2@cache", "hunter2@cache:6379", "redis://:hunter2@cache:port"])
def test_what_is_no_redis_address(url: str) -> None:
    with pytest.raises(StoreError, match="REDIS_URL") as raised:
        open_store(Settings.read({"REDIS_URL": url}))
    assert "hunter2" not in _all_of(raised.value)


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be used"):
        SqliteStore(tmp_path)


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="can't be used"):
        SqliteStore(tmp_path / "var" / "state.db")


def test_a_file_that_holds_something_else(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    file.write_text("nothing of a database, and long enough to be read as one" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match=r"state\.db can't be used"):
        SqliteStore(file)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_a_file_that_can_not_be_used_any_more(call: Callable[[Store], Awaitable[object]], tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "state.db")
    await store.close()
    with pytest.raises(StoreError, match="can't be used"):
        await call(store)


def modes_in(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


async def test_nobody_else_reads_the_file(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "state.db")
    await store.put("a", "a token", 60)
    modes = modes_in(tmp_path)
    await store.close()
    assert modes == {"state.db": 0o600, "state.db-wal": 0o600, "state.db-shm": 0o600}


async def test_dead_values_do_not_pile_up(tmp_path: Path) -> None:
    now = 1000.0
    store = SqliteStore(tmp_path / "state.db", lambda: now)
    for n in range(WRITES_PER_CLEANING - 1):
        await store.put(str(n), "1", 60)
    now += 61
    await store.put("new", "1", 60)
    assert store._connection.execute('SELECT key FROM "values"').fetchall() == [("new",)]
    await store.close()


def _all_of(error: BaseException) -> str:
    """Returns what a traceback would show of an error and those behind it."""
    shown = [repr(error)]
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join([*shown, _all_of(behind)] if behind else shown)
