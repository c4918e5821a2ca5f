"""What Slack hands out with an interaction, and what runs out: triggers and response addresses.

https://docs.slack.dev/interactivity/handling-user-interaction/
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclass
class Ticket:
    """Something to be used `uses` times until a time, on behalf of a person."""

    team: str
    user: str
    channel: str
    expires: float
    uses: int


class Tickets:
    """Tickets of one kind."""

    def __init__(self, clock: Callable[[], float], name: str, seconds: float, uses: int) -> None:
        self._clock = clock
        self._name = name
        self._seconds = seconds
        self._uses = uses
        self._numbers = itertools.count(1)
        self._tickets: dict[str, Ticket] = {}

    def new(self, team: str, user: str, channel: str) -> str:
        """Hands one out."""
        id = f"{self._name}.{next(self._numbers)}"
        self._tickets[id] = Ticket(team, user, channel, self._clock() + self._seconds, self._uses)
        return id

    def use(self, id: str) -> Ticket:
        """Uses one. Raises KeyError: `unknown`, `expired` or `used`."""
        ticket = self._tickets.get(id)
        if ticket is None:
            raise KeyError("unknown")
        if self._clock() >= ticket.expires:
            raise KeyError("expired")
        if ticket.uses == 0:
            raise KeyError("used")
        ticket.uses -= 1
        return ticket
