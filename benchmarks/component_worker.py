"""A process of its own that trains the components on one set and asks them: `... component_worker JOB RESULT`.

Of its own, so that its peak of memory is that of this one measurement.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.memory import MEGABYTE
from benchmarks.scores import Answer
from bot.quiet import silence_libraries

KIBIBYTE = 1024


class Clocks:
    """Started where it is made."""

    def __init__(self) -> None:
        self._began, self._worked = time.perf_counter(), time.process_time()

    def passed(self) -> tuple[float, float]:
        """Returns the seconds since then: on the wall, and of the processor."""
        return time.perf_counter() - self._began, time.process_time() - self._worked


def work(job: Mapping[str, Any]) -> dict[str, Any]:
    """Trains and asks. The job has the configuration, the training questions, and texts to ask by name."""
    # The libraries' own imports are no part of the training.
    from benchmarks.component_pipeline import ComponentPipeline

    before = peak_megabytes()
    questions = [(text, intent) for text, intent in job["train"]]
    with tempfile.TemporaryDirectory() as folder:
        clocks = Clocks()
        pipeline = ComponentPipeline.train(job["config"], Path(folder), questions, {})
        seconds, processor = clocks.passed()
    answers = {name: ask(pipeline.ask, texts) for name, texts in job["texts"].items()}
    return {
        "seconds": seconds,
        "processor": processor,
        "libraries": before,
        "megabytes": peak_megabytes(),
        "answers": answers,
    }


def ask(parse: Callable[[str], Mapping[str, Any]], texts: Sequence[str]) -> list[dict[str, Any]]:
    """Returns the answers to texts, asked and timed one by one."""
    return [asdict(_answer(parse, text)) for text in texts]


def _answer(parse: Callable[[str], Mapping[str, Any]], text: str) -> Answer:
    clocks = Clocks()
    parsed = parse(text)
    return Answer.of(parsed, *clocks.passed())


def peak_megabytes() -> float:
    """Returns the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE / MEGABYTE


def main(work: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    """Reads the job, does it, and writes the result."""
    silence_libraries()
    job, result = map(Path, sys.argv[1:])
    result.write_text(json.dumps(work(json.loads(job.read_text(encoding="utf-8")))), encoding="utf-8")


if __name__ == "__main__":
    main(work)
