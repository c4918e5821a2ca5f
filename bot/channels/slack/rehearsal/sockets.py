"""Socket Mode: the websockets of apps, and what is pushed to them.

https://docs.slack.dev/apis/events-api/using-socket-mode/
"""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
from dataclasses import dataclass, field
from typing import Any, Optional

from aiohttp import WSMsgType, web

from bot.channels.slack.rehearsal.workspace import APP

Json = dict[str, Any]

PATH = "/link/"
SECONDS_TO_ACKNOWLEDGE = 3.0
MOST_CONNECTIONS = 10


@dataclass
class Connection:
    """One websocket of an app."""

    socket: web.WebSocketResponse
    transport: Optional[asyncio.Transport]
    is_leaving: bool = False


@dataclass
class Sockets:
    """The open websockets. `acknowledged` are the envelopes' ids in the order of their acknowledgement, repeats too."""

    acknowledged: list[str] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    base_url: str = ""

    def __post_init__(self) -> None:
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._numbers = itertools.count(1)

    def new_url(self) -> str:
        """Returns an address that can be connected to once."""
        ticket = secrets.token_hex(8)
        self._tickets.add(ticket)
        return f"{self.base_url}{PATH}?ticket={ticket}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serves one websocket until it closes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or len(self.connections) >= MOST_CONNECTIONS:
            return web.Response(status=408)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(socket, request.transport)
        self.connections.append(connection)
        info = {"connection_info": {"app_id": APP}, "num_connections": len(self.connections)}
        try:
            await socket.send_json({"type": "hello", **info, "debug_info": {"host": "stand-in"}})
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            self.connections.remove(connection)
        return socket

    async def push(
        self,
        kind: str,
        payload: Json,
        *,
        envelope_id: Optional[str] = None,
        retry: int = 0,
        reason: str = "",
        on: Optional[Connection] = None,
        seconds: float = SECONDS_TO_ACKNOWLEDGE,
    ) -> Optional[Json]:
        """Pushes one envelope (events_api, interactive, slash_commands) to one of the connections.

        Returns the acknowledgement, or None where there was none in time. Raises ConnectionError where nobody listens.
        """
        usable = [each for each in self.connections if not each.is_leaving and not each.socket.closed]
        connection = on or (usable[next(self._numbers) % len(usable)] if usable else None)
        if connection is None:
            raise ConnectionError("no app is connected")
        id = envelope_id or secrets.token_hex(8)
        envelope: Json = {"envelope_id": id, "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope.update(retry_attempt=retry, retry_reason=reason)
        answered: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[id] = answered
        try:
            await connection.socket.send_str(json.dumps(envelope, ensure_ascii=False))
            return await asyncio.wait_for(answered, seconds)
        except (asyncio.TimeoutError, ConnectionError):
            return None
        finally:
            self._waiting.pop(id, None)

    async def warn(self, reason: str = "warning") -> None:
        """Tells every connection that it will soon be closed (`warning`), or that the app was switched off."""
        for connection in list(self.connections):
            await connection.socket.send_json(_disconnect(reason))

    async def refresh(self, connection: Optional[Connection] = None) -> None:
        """Ends a connection, or all, as Slack does every few hours: says so, then closes."""
        for each in [connection] if connection else list(self.connections):
            each.is_leaving = True
            await each.socket.send_json(_disconnect("refresh_requested"))
            await each.socket.close()

    async def cut(self) -> None:
        """Breaks every connection without a word."""
        for each in list(self.connections):
            each.is_leaving = True
            if each.transport:
                each.transport.abort()

    def _take(self, data: str) -> None:
        try:
            answer = json.loads(data)
            id = answer["envelope_id"]
        except (ValueError, KeyError, TypeError):
            return
        self.acknowledged.append(id)
        waiting = self._waiting.get(id)
        if waiting and not waiting.done():
            waiting.set_result(answer.get("payload") or {})


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}}
