"""SQLite as a server needs it: readers don't wait for the writer, and a message is not worth a disk flush.

With a write-ahead log a crash of the process loses nothing; a power cut may lose the last moments:
https://www.sqlite.org/pragma.html#pragma_synchronous
"""

from __future__ import annotations

from typing import Any, Optional

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

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


def hold_open(tracker_store: Any) -> Optional[Connection]:
    """Opens one connection more where the conversations are in SQLite, to be kept as long as the server runs.

    Rasa opens and closes a connection several times for each message, and when the last one is closed SQLite writes its
    log back into the database and deletes it: https://www.sqlite.org/wal.html
    """
    engine = getattr(getattr(tracker_store, "_tracker_store", tracker_store), "engine", None)
    if engine is None or engine.dialect.name != "sqlite":
        return None
    connection: Connection = engine.connect()
    return connection
