"""What a run offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Channel = Literal["wechat", "slack"]
Manner = Literal["faithful", "stubborn"]

RATES = {"wechat": 200.0, "slack": 100.0}
"""Messages a second, where nothing else is asked for."""


@dataclass(frozen=True)
class Plan:
    """The sizes and manners of one run.

    A faithful platform repeats a message only where it was not answered; a stubborn one delivers each as often as it
    ever does, `gap` seconds apart. With `kill` the server is killed in the middle and started again. `settle` is how
    many seconds the run waits at most, once everything was offered, for what is still to come.
    """

    channel: Channel
    rate: float
    seconds: float
    manner: Manner = "stubborn"
    gap: float = 5.0
    kill: bool = False
    verified: bool = True
    safe: bool = False
    settle: float = 600.0
    quiet: int = 20

    @property
    def messages(self) -> int:
        """How many messages the load has."""
        return round(self.rate * self.seconds)


# What is asked, and what its answer has in it and no other sentence of the bot.
QUESTION = "公众号认证要多少钱？"
MARK = "300"
