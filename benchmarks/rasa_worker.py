"""A process of its own that loads a model that Rasa trained and asks it: `... rasa_worker JOB RESULT`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from benchmarks.component_worker import ask, main, peak_megabytes


def work(job: Mapping[str, Any]) -> dict[str, Any]:
    """Asks. The job has the model's file, and texts to ask by name."""
    from rasa.core.agent import Agent

    agent = Agent.load(job["model"])
    # Parsing waits for nothing, so that one loop after the other costs next to nothing.
    loop = asyncio.new_event_loop()

    def parse(text: str) -> Mapping[str, Any]:
        parsed: Mapping[str, Any] = loop.run_until_complete(agent.parse_message(text))
        return parsed

    answers = {name: ask(parse, texts) for name, texts in job["texts"].items()}
    return {"megabytes": peak_megabytes(), "answers": answers}


if __name__ == "__main__":
    main(work)
