"""Rasa's endpoints: `endpoints.yml`, the environment, and an action endpoint inside this process."""

from __future__ import annotations

from typing import Any, Optional
from urllib.parse import SplitResult, unquote, urlsplit

from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.action_schema import compile_action_schema
from bot.errors import SettingsError
from bot.event_types import remember_event_types
from bot.settings import Settings
from bot.sqlite import prepare_sqlite

IN_PROCESS = "in_process"


class InProcessActions(EndpointConfig):
    """Runs the actions by rasa_sdk's own executor instead of over HTTP.

    The executor takes and returns what an action server does: https://rasa.com/docs/rasa/action-server
    """

    def __init__(self, package: str = "actions") -> None:
        # None of the actions reads the domain, so it need not be written out for every message.
        super().__init__(url=IN_PROCESS, enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the action that the request names. Raises what the executor raises."""
        return await self._executor.run(kwargs["json"])


def read_endpoints(settings: Settings, keep_conversations: bool = True) -> AvailableEndpoints:
    """Returns the endpoints. Without `keep_conversations` all state stays in memory, as one command needs it."""
    compile_action_schema()
    remember_event_types()
    endpoints = AvailableEndpoints.read_endpoints(str(settings.endpoints))
    if endpoints.action is None or endpoints.action.url == IN_PROCESS:
        endpoints.action = InProcessActions()
    if not keep_conversations:
        endpoints.tracker_store = endpoints.lock_store = endpoints.event_broker = None
        return endpoints
    if settings.database_url:
        endpoints.tracker_store = EndpointConfig(type="SQL", url=str(settings.database_url), dialect="")
    if settings.redis_url:
        endpoints.lock_store = _redis_lock_store(settings.redis_url)
    prepare_sqlite()
    _make_room_for_sqlite(endpoints.tracker_store, settings)
    return endpoints


def _redis_lock_store(url: str) -> EndpointConfig:
    parts = urlsplit(url)
    database = parts.path.strip("/") or "0"
    if parts.scheme not in ("redis", "rediss") or not parts.hostname or not database.isdigit() or not _has_port(parts):
        raise SettingsError("REDIS_URL is no Redis address: write redis://host:port/database")
    return EndpointConfig(
        type="redis",
        url=parts.hostname,
        port=parts.port or 6379,
        db=int(database),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_ssl=parts.scheme == "rediss",
    )


def _has_port(parts: SplitResult) -> bool:
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def _make_room_for_sqlite(store: Optional[EndpointConfig], settings: Settings) -> None:
    if store is None or store.kwargs.get("dialect") != "sqlite":
        return
    file = settings.project / str(store.kwargs.get("db", "rasa.db"))
    file.parent.mkdir(parents=True, exist_ok=True)
    store.kwargs["db"] = str(file)
