"""Many questions through `wenhao ask --jsonl`, timed answer by answer."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.errors import BenchmarkError
from benchmarks.processes import LOG, end_of_log, stop
from benchmarks.wenhao import ASK

MOST_SECONDS = 900.0


@dataclass(frozen=True)
class Lines:
    """`first` is the time until the first answer; `seconds` runs from there to the last."""

    count: int
    first: float
    seconds: float

    @property
    def answers_a_second(self) -> float:
        """The answers that followed the first, over their time."""
        return (self.count - 1) / self.seconds


def ask_lines(folder: Path, texts: Sequence[str]) -> Lines:
    """Asks the bot in a folder. Raises BenchmarkError where an answer is missing or an error."""
    questions = folder / "questions.jsonl"
    questions.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    began = time.monotonic()
    times, answers = _run(folder, questions)
    if len(answers) != len(texts) or any("error" in json.loads(answer) for answer in answers):
        raise BenchmarkError(f"{ASK} answered {len(answers)} of {len(texts)} lines: {end_of_log(folder)}")
    return Lines(len(texts), times[0] - began, times[-1] - times[0])


def _run(folder: Path, questions: Path) -> tuple[list[float], list[str]]:
    times, answers = [], []
    with questions.open("rb") as given, (folder / LOG).open("ab") as log:
        process = subprocess.Popen(
            ASK.line,
            cwd=folder,
            env=ASK.environ,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    guard = threading.Timer(MOST_SECONDS, process.kill)
    guard.start()
    try:
        assert process.stdout
        for answer in process.stdout:
            times.append(time.monotonic())
            answers.append(answer.decode("utf-8"))
    finally:
        guard.cancel()
        stop(process)
    return times, answers
