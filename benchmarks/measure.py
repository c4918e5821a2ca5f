"""Measuring one system: train it, serve it, exercise it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp

from benchmarks.errors import BenchmarkError
from benchmarks.plan import Plan
from benchmarks.processes import Run, Running, end_of_log, run_to_end, running
from benchmarks.progress import say
from benchmarks.rest_bot import RestBot, new_session
from benchmarks.serving import Serving, exercise
from benchmarks.system import Command, System, free_port

MOST_TRAINING = 3600.0
MOST_START_UP = 300.0
MOST_EXERCISE = 900.0


@dataclass(frozen=True)
class Measured:
    """All figures of one system. `start_up` is the time until the first reply, `megabytes` the peak while serving."""

    name: str
    questions: int
    training: Run
    start_up: float
    megabytes: float
    serving: Serving
    commands: Sequence[Command]


def measure(system: System, plan: Plan, texts: Sequence[str]) -> Measured:
    """Measures a system. Raises BenchmarkError where it can't be trained or does not answer."""
    say(f"{system.name}: training on {system.questions} questions")
    training = run_to_end(system.training, system.folder, MOST_TRAINING)
    say(f"{system.name}: trained in {training.seconds:.1f} s; serving")
    port = free_port()
    servers = system.servers(port)
    with running(servers, system.folder) as started:
        try:
            start_up, serving = asyncio.run(_serve(started, port, plan, texts))
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise BenchmarkError(f"{system.name} stopped answering ({error!r}): {end_of_log(system.folder)}") from error
    say(f"{system.name}: first reply after {start_up:.1f} s, {serving.messages_a_second:.1f} messages a second")
    megabytes = started.memory.megabytes
    commands = (system.training, *servers)
    return Measured(system.name, system.questions, training, start_up, megabytes, serving, commands)


async def _serve(started: Running, port: int, plan: Plan, texts: Sequence[str]) -> tuple[float, Serving]:
    async with new_session() as session:
        bot = RestBot(session, port)
        start_up = await bot.first_reply(texts[0], started.began, MOST_START_UP, started.check)
        return start_up, await asyncio.wait_for(exercise(bot, plan, texts), plan.seconds + MOST_EXERCISE)
