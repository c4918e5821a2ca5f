"""SQLite as a server needs it: readers don't wait for the writer, and a message is not worth a disk flush.

With a write-ahead log a crash of the process loses nothing; a power cut may lose the last moments:
https://www.sqlite.org/pragma.html#pragma_synchronous
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000")


def prepare_sqlite() -> None:
    """Makes every SQLite connection that is opened from now on use these settings."""
    if not event.contains(Engine, "connect", _set_pragmas):
        event.listen(Engine, "connect", _set_pragmas)


def _set_pragmas(connection: Any, record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
