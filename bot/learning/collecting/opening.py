"""Finds the tracker store as the bot does (bot/endpoints.py), without loading what the bot needs beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, inspect
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import SettingsError
from bot.learning.collecting.errors import TrackerStoreError
from bot.learning.collecting.tracker_store import REMEDY, TrackerStore, unreadable
from bot.settings import Settings
from bot.sqlite import prepare_sqlite

# Rasa's setting for the schema of its tables: https://rasa.com/docs/rasa/tracker-stores#sqltrackerstore
SCHEMA = "POSTGRESQL_SCHEMA"


def open_tracker_store(settings: Settings) -> TrackerStore:
    """Opens the store that the bot keeps its conversations in. Raises TrackerStoreError and SettingsError."""
    prepare_sqlite()
    try:
        url = make_url(str(settings.database_url)) if settings.database_url else _named(settings)
        _check_file(url)
        schema = os.environ.get(SCHEMA) if url.get_backend_name() == "postgresql" else None
        connect = {"options": f"-csearch_path={schema}"} if schema else {}
        engine = create_engine(url, future=True, pool_pre_ping=True, connect_args=connect)
    except (SQLAlchemyError, ImportError, TypeError, ValueError) as error:
        raise SettingsError(f"the address of the conversations can't be used: {REMEDY}") from error
    if engine.dialect.name == "sqlite":
        _read_any_bytes(engine)
    try:
        if inspect(engine).has_table("events"):
            return TrackerStore(engine)
    except SQLAlchemyError as error:
        raise unreadable(error) from error
    raise TrackerStoreError(f"the database holds no conversations of Rasa (no table 'events'): {REMEDY}")


def _named(settings: Settings) -> URL:
    """Returns the address that endpoints.yml names."""
    from rasa.utils.endpoints import read_endpoint_config

    store = read_endpoint_config(str(settings.endpoints), "tracker_store")
    if store is None or str(store.type).lower() != "sql":
        kind = "memory" if store is None or not store.type else str(store.type)
        raise TrackerStoreError(
            f"the conversations are kept in {kind}, and only those in SQL can be collected: "
            "set DATABASE_URL, or name an SQL tracker_store in endpoints.yml"
        )
    # Rasa takes a host that is an address for the address.
    address = next((str(each) for each in (store.url, store.kwargs.get("host")) if each and "://" in str(each)), None)
    return make_url(address) if address else _made(store.kwargs, settings)


def _made(given: dict[str, Any], settings: Settings) -> URL:
    dialect, database = str(given.get("dialect", "sqlite")), str(given.get("db", "rasa.db"))
    if dialect == "sqlite":
        return URL.create(dialect, database=str(settings.project / database))
    host, _, port = str(given.get("host") or "").partition(":")
    return URL.create(
        dialect,
        username=given.get("username"),
        password=given.get("password"),
        host=host or None,
        port=int(given.get("port") or port or 0) or None,
        database=database,
        query=given.get("query") or {},
    )


def _check_file(url: URL) -> None:
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).is_file()):
        raise TrackerStoreError(
            f"there are no conversations yet: {url.database} does not exist; serve the bot first, or set DATABASE_URL"
        )


def _read_any_bytes(engine: Engine) -> None:
    # One row with bytes that are no text must not end the reading of all others.
    @event.listens_for(engine, "connect")
    def connect(connection: Any, record: Any) -> None:
        connection.text_factory = lambda given: given.decode("utf-8", "surrogateescape")
