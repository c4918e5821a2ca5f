"""Runs the review on a port."""

from __future__ import annotations

import socket
from typing import Optional

import uvicorn

from bot.errors import ServeError
from bot.review.app import review_app
from bot.review.desk import Desk


def server_of(desk: Desk, hosts: Optional[frozenset[str]]) -> uvicorn.Server:
    """Returns the server. What a proxy on this machine says of the client is believed, of others not.

    Nothing logs addresses that were asked for: the login's link has its token there.
    """
    app = review_app(desk, hosts)
    config = uvicorn.Config(
        app, ws="none", access_log=False, log_level="warning", server_header=False, date_header=True, lifespan="on"
    )
    return uvicorn.Server(config)


def run(desk: Desk, host: str, port: int, hosts: Optional[frozenset[str]]) -> None:
    """Serves until it is stopped. Raises ServeError where the port can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host.strip("[]"), port), family=family) as listening:
            server_of(desk, hosts).run(sockets=[listening])
    except OSError as error:
        raise ServeError(f"the review can't listen on {host}:{port} ({error.strerror}): give another --port") from error
