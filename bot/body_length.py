"""Refuses requests that don't say soundly where their body ends, before the server reads on.

Sanic takes a Content-Length as it comes: a negative one keeps its event loop busy for ever, so that one request stops
the whole server, and one that is no number is answered with a 500.
https://www.rfc-editor.org/rfc/rfc9112#name-message-body-length
"""

from __future__ import annotations

import re
from typing import Any

from sanic import Sanic
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.signals import Event

_LENGTH = re.compile("[0-9]{1,15}")


def refuse_unsound_lengths(app: Sanic) -> None:
    """Makes an application answer such requests with 400, on every route."""

    async def check(request: Request, **_: Any) -> None:
        lengths = request.headers.getall("content-length", [])
        codings = request.headers.getall("transfer-encoding", [])
        if len(lengths) + len(codings) > 1:
            raise InvalidUsage("The request says more than once how long its body is")
        if codings not in ([], ["chunked"]):
            raise InvalidUsage("Of the transfer codings only 'chunked' is known here")
        if lengths and not _LENGTH.fullmatch(lengths[0]):
            raise InvalidUsage("The Content-Length is no number")

    app.add_signal(check, Event.HTTP_LIFECYCLE_REQUEST)
