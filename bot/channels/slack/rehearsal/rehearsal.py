"""One rehearsal: Slack's part played against a running Wenhao, and what came of it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Optional

from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.channels.slack.rehearsal.deliveries import Delivery
from bot.channels.slack.rehearsal.record import MadeCall
from bot.channels.slack.rehearsal.transcript import ANSWERS
from bot.channels.slack.rehearsal.wires import Acknowledgement, Wire

QUIET_SECONDS = 1.5
"""After so long without a call an answer is complete: its parts come a second after each other."""


@dataclass(frozen=True)
class Played:
    """What came of one delivery and its repetitions: acknowledgements, calls, and the journal's new entries."""

    taken: list[Acknowledgement]
    calls: list[MadeCall]
    journal: list[tuple[str, dict[str, Any]]]

    @property
    def answers(self) -> int:
        """How many answers people saw, each part of a long one counted."""
        return sum(kind in ANSWERS for kind, _ in self.journal)

    @property
    def last_message(self) -> Optional[dict[str, Any]]:
        """The last message that has something to press."""
        shown = [entry for kind, entry in self.journal if kind in ANSWERS and entry.get("blocks")]
        return shown[-1] if shown else None


class Rehearsal:
    """Delivers over a wire and waits for what Wenhao does in Slack."""

    def __init__(self, slack: ApiStandIn, wire: Wire, wait: float) -> None:
        self._slack = slack
        self._wire = wire
        self._wait = wait

    async def play(self, delivery: Delivery, retries: int = 0) -> Played:
        """Delivers once, and so many times more as Slack does where it heard nothing."""
        record = self._slack.record
        calls, entries = len(record.calls), len(record.journal)
        taken = [await self._wire.send(delivery)]
        if taken[0].status is not None and taken[0].status < 400:
            for retry in range(1, retries + 1):
                taken.append(await self._wire.send(delivery, retry))
            await self._settle(entries)
        return Played(taken, record.calls[calls:], record.journal[entries:])

    async def _settle(self, before: int) -> None:
        """Waits for the first answer, and then until Wenhao has fallen silent."""
        journal, calls = self._slack.record.journal, self._slack.record.calls
        with suppress(AssertionError):
            await self._slack.until(lambda: any(kind in ANSWERS for kind, _ in journal[before:]), self._wait)
        known = -1
        while known != len(journal) + len(calls):
            known = len(journal) + len(calls)
            await asyncio.sleep(QUIET_SECONDS)
