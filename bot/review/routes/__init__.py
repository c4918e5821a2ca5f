"""The pages, a module each."""

from __future__ import annotations

from starlette.routing import BaseRoute

from bot.review.routes import drafts, group, history, learn, login, overview, parts, queue

ALL_ROUTES: list[BaseRoute] = [
    route for module in (login, queue, group, parts, drafts, learn, history, overview) for route in module.ROUTES
]
