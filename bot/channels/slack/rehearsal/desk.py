"""All that the stand-in keeps, in one place that its methods share."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.channels.slack.rehearsal.failures import Failures
from bot.channels.slack.rehearsal.pace import Pace
from bot.channels.slack.rehearsal.record import Record
from bot.channels.slack.rehearsal.sockets import Sockets
from bot.channels.slack.rehearsal.tickets import RESPONSE_SECONDS, RESPONSE_USES, TRIGGER_SECONDS, Tickets
from bot.channels.slack.rehearsal.workspace import TEAM, Workspace


class Grant(NamedTuple):
    """What somebody allowed an app."""

    team: str
    user: str
    scopes: tuple[str, ...]
    redirect_uri: str


@dataclass
class OauthApp:
    """The app that can be installed, and what its installers said. `allows`: what they answer on Slack's page."""

    client_id: str = "1.2"
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    team: str = TEAM
    user: str = "U1"
    allows: bool = True
    rotates: bool = False
    codes: dict[str, Grant] = field(default_factory=dict)
    used_codes: set[str] = field(default_factory=set)
    refresh_tokens: dict[str, Grant] = field(default_factory=dict)


class Desk:
    """The state of the stand-in, and the switches that a test may turn.

    `names_retry_after`: whether a 429 says how long to wait. `has_agent_view`: whether the app has the agent view or
    the older assistant view.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.workspace = Workspace(clock)
        self.record = Record()
        self.failures = Failures()
        self.pace = Pace(clock)
        self.sockets = Sockets()
        self.oauth = OauthApp()
        self.triggers = Tickets(clock, "trigger", TRIGGER_SECONDS, 1)
        self.response_urls = Tickets(clock, "response", RESPONSE_SECONDS, RESPONSE_USES)
        self.stacks: dict[str, list[dict[str, Any]]] = {}
        self.names_retry_after = True
        self.has_agent_view = True
        self._ids = itertools.count(1)

    def new_id(self, prefix: str) -> str:
        """Returns an id that no other thing here has."""
        return f"{prefix}{next(self._ids)}"
