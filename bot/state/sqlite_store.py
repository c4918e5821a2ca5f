"""The store in a file, for the processes of one machine."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

from bot.sqlite import PRAGMAS
from bot.state.store import StoreError

SCHEMA = """
CREATE TABLE IF NOT EXISTS "values" (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS values_expire ON "values" (expires);
CREATE TABLE IF NOT EXISTS queues (queue TEXT, key TEXT, at REAL NOT NULL, PRIMARY KEY (queue, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS queues_due ON queues (queue, at);
"""
WRITES_PER_CLEANING = 1000
OPENING_SECONDS = 5.0


class SqliteStore:
    """Each statement is a transaction of its own and takes some tens of microseconds, less than to hand it to a thread.

    As with the conversations, a crash of the process loses nothing and a power cut may lose the last moments.
    """

    def __init__(self, file: Path, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._writes = 0
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            # It may hold access tokens; its log files take the mode over.
            file.touch(mode=0o600)
            self._connection = _opened(file)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{file} can't be used: {error}") from error

    async def get(self, key: str) -> Optional[str]:
        query = 'SELECT value FROM "values" WHERE key = ? AND expires > ?'
        row = self._run(query, key, self._clock()).fetchone()
        return None if row is None else row[0]

    async def add(self, key: str, value: str, seconds: float) -> bool:
        now = self._clock()
        # A value whose life is over is none.
        statement = (
            'INSERT INTO "values" VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE '
            "SET value = excluded.value, expires = excluded.expires WHERE expires <= ?"
        )
        return self._write(statement, key, value, now + seconds, now)

    async def put(self, key: str, value: str, seconds: float) -> None:
        self._write('INSERT OR REPLACE INTO "values" VALUES (?, ?, ?)', key, value, self._clock() + seconds)

    async def replace(self, key: str, old: str, new: str, seconds: float) -> bool:
        now = self._clock()
        statement = 'UPDATE "values" SET value = ?, expires = ? WHERE key = ? AND value = ? AND expires > ?'
        return self._write(statement, new, now + seconds, key, old, now)

    async def remove(self, key: str) -> bool:
        return self._write('DELETE FROM "values" WHERE key = ? AND expires > ?', key, self._clock())

    async def schedule(self, queue: str, key: str, at: float) -> None:
        self._write("INSERT OR REPLACE INTO queues VALUES (?, ?, ?)", queue, key, at)

    async def unschedule(self, queue: str, key: str) -> bool:
        return self._write("DELETE FROM queues WHERE queue = ? AND key = ?", queue, key)

    async def due(self, queue: str, now: float, limit: int = 100) -> list[str]:
        query = "SELECT key FROM queues WHERE queue = ? AND at <= ? ORDER BY at LIMIT ?"
        return [row[0] for row in self._run(query, queue, now, limit)]

    async def close(self) -> None:
        self._connection.close()

    def _write(self, statement: str, *values: Any) -> bool:
        self._writes += 1
        if self._writes % WRITES_PER_CLEANING == 0:
            self._run('DELETE FROM "values" WHERE expires <= ?', self._clock())
        return self._run(statement, *values).rowcount > 0

    def _run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        try:
            return self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise StoreError(f"the state's file can't be used: {error}") from error


def _opened(file: Path) -> sqlite3.Connection:
    deadline = time.monotonic() + OPENING_SECONDS
    while True:
        connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        try:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            connection.executescript(SCHEMA)
            return connection
        except sqlite3.Error as error:
            connection.close()
            # Where processes open a new file at once, the switch to a log finds it locked and does not wait by itself.
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
