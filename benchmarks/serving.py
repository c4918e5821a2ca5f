"""What a served bot does: how fast it answers, how much it bears, and what it understands."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from benchmarks.plan import Plan
from benchmarks.rest_bot import RestBot, intent_of


@dataclass(frozen=True)
class Serving:
    """What was measured of a served bot. `latencies` are seconds, `intents` those of the held-out messages."""

    latencies: Sequence[float]
    messages_a_second: float
    intents: Sequence[str]

    def percentile(self, share: int) -> float:
        """Returns the seconds within which that share (in percent) of the replies came."""
        return statistics.quantiles(self.latencies, n=100, method="inclusive")[share - 1]


async def exercise(bot: RestBot, plan: Plan, texts: Sequence[str]) -> Serving:
    """Asks one after the other, then many at a time, then every text once for its intent."""
    for text in islice(cycle(texts), plan.warm_up):
        await bot.ask(text)
    latencies = [await _time(bot, text) for text in islice(cycle(texts), plan.messages)]
    messages_a_second = await _bear(bot, plan, texts)
    return Serving(latencies, messages_a_second, [intent_of(await bot.ask(text)) for text in texts])


async def _time(bot: RestBot, text: str) -> float:
    began = time.perf_counter()
    await bot.ask(text)
    return time.perf_counter() - began


async def _bear(bot: RestBot, plan: Plan, texts: Sequence[str]) -> float:
    """Returns the messages a second that a number of clients get answered, each asking as soon as it is answered."""
    began = time.perf_counter()
    supply = cycle(texts)
    counts = await asyncio.gather(*(_client(bot, supply, began + plan.seconds) for _ in range(plan.clients)))
    return sum(counts) / (time.perf_counter() - began)


async def _client(bot: RestBot, supply: Iterator[str], until: float) -> int:
    answered = 0
    while time.perf_counter() < until:
        await bot.ask(next(supply))
        answered += 1
    return answered
