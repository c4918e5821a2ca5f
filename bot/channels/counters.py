"""Counts what the channels take and refuse, without a word of what was in it.

https://prometheus.github.io/client_python/
"""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, Counter, generate_latest
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

_REQUESTS = Counter("wenhao_requests", "The platforms' requests, by what became of them.", ["channel", "outcome"])


def count(channel: str, outcome: str) -> None:
    """Counts one request. `outcome` is one of a few words of the channel's own, never anything that came in."""
    _REQUESTS.labels(channel, outcome).inc()


def counted(channel: str, outcome: str) -> float:
    """Returns how many there were since this process began."""
    return float(_REQUESTS.labels(channel, outcome)._value.get())


def counters_blueprint() -> Blueprint:
    """Returns the route `/metrics`: the counters of this process as Prometheus reads them."""
    blueprint = Blueprint("counters")

    @blueprint.get("/metrics")
    async def metrics(request: Request) -> HTTPResponse:
        return raw(generate_latest(), content_type=CONTENT_TYPE_LATEST)

    return blueprint
