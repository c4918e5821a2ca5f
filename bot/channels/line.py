"""The line to somebody who waits for an answer: how long they wait already, and whether they have hung up.

A busy server reads a request some time after it came, and whoever sent it counts from when they sent it. The system
knows both: https://man7.org/linux/man-pages/man7/tcp.7.html (TCP_INFO), of which Linux's <linux/tcp.h> has the places.
"""

from __future__ import annotations

import socket
import struct
from typing import Any

ESTABLISHED = 1
_LAST_DATA_RECEIVED = 52
_SIZE = 56


class Line:
    """A connection that a request came by. Where the system tells nothing of it, it is open and nobody has waited."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._socket = transport.get_extra_info("socket") if transport is not None else None

    def is_open(self) -> bool:
        """Whether the other side still listens, as far as is known here."""
        told = self._told()
        return not told or told[0] == ESTABLISHED

    def waited(self) -> float:
        """Returns the seconds since the last of the request came."""
        told = self._told()
        if not told:
            return 0.0
        (milliseconds,) = struct.unpack_from("=I", told, _LAST_DATA_RECEIVED)
        return float(milliseconds) / 1000

    def _told(self) -> bytes:
        if self._socket is None or not hasattr(socket, "TCP_INFO"):
            return b""
        if self._transport.is_closing():
            # Its number may be another connection's by now.
            return bytes(_SIZE)
        try:
            told: bytes = self._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _SIZE)
        except OSError:
            # The connection is gone already.
            return bytes(_SIZE)
        return told if len(told) == _SIZE else b""
