"""Candidates for the classifier, side by side: `python -m benchmarks.candidates --help`.

Each is trained with the settings of config.yml, the glossary and the thesaurus, and asked the validation questions of
the public sets, for choosing among candidates is tuning, and the project's development questions.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import typer

from benchmarks.candidate import CANDIDATES, Candidate, Trained, train
from benchmarks.errors import BenchmarkError
from benchmarks.pipeline_config import classifier_settings, read_config
from benchmarks.progress import say
from benchmarks.public_sets import VARIABLE
from benchmarks.tables import table
from bot.errors import WenhaoError
from bot.nlu.ngram_model import NgramSettings, Sample
from bot.quiet import silence_libraries

if TYPE_CHECKING:
    from benchmarks.candidate_tasks import Task

SINGLE_QUESTIONS = 200


@dataclass(frozen=True)
class Row:
    """What a candidate did in one task: its share of right answers, and its times of the processor."""

    share: float
    seconds: float
    milliseconds: float


def measure(candidate: Candidate, task: Task, settings: NgramSettings) -> Row:
    """Trains a candidate on a task and asks it."""
    began = time.process_time()
    trained = train(candidate, task.samples, task.labels, settings)
    seconds = time.process_time() - began
    times = [_time(trained, sample) for sample in task.asked[:SINGLE_QUESTIONS]]
    row = Row(task.share(trained.answers(task.asked)), seconds, 1000 * statistics.median(times))
    say(f"{task.name}: {candidate.name}: {row.share:.1%}, {row.seconds:.1f} s, {row.milliseconds:.2f} ms")
    return row


def _time(trained: Trained, sample: Sample) -> float:
    began = time.process_time()
    trained.answers([sample])
    return time.process_time() - began


def to_table(tasks: Sequence[Task], rows: Sequence[Sequence[Row]]) -> str:
    """Returns a row a candidate: right answers in percent, and the processor's times in the first task."""
    head = ["", *(task.name for task in tasks), f"training ({tasks[0].name}), s", "a question, ms"]
    times = [[f"{row[0].seconds:.1f}", f"{row[0].milliseconds:.2f}"] for row in rows]
    shares = [[f"{100 * each.share:.1f}" for each in row] for row in rows]
    named = zip(CANDIDATES, shares, times, strict=True)
    return table(head, [[candidate.name, *share, *time] for candidate, share, time in named])


def compare(
    public_sets: Optional[Path] = typer.Option(
        None, envvar=VARIABLE, help="Folder of the public sets.  [default: ../shared/benchmarks]"
    ),
    development: Optional[Path] = typer.Option(
        None,
        exists=True,
        dir_okay=False,
        help="Questions with their facts, as tests/development/questions.jsonl has them.",
    ),
    output: Optional[Path] = typer.Option(None, help="Where the table goes.  [default: standard output]"),
    every: int = typer.Option(1, min=1, help="Take each n-th question alone, for trying the program."),
) -> None:
    """Compare candidates for the classifier on validation questions, and write a table in Markdown."""
    silence_libraries()
    # Rasa is loud while it is imported.
    from benchmarks.candidate_tasks import read_tasks

    tasks = [task.cut(every) for task in read_tasks(public_sets, development)]
    if not tasks:
        raise BenchmarkError("neither public sets nor development questions: see docs/benchmarks.md, or --development")
    settings = NgramSettings()._replace(**_known(classifier_settings(read_config())))
    rows = [[measure(candidate, task, settings) for task in tasks] for candidate in CANDIDATES]
    written = to_table(tasks, rows) + "\n"
    if output:
        output.write_text(written, encoding="utf-8")
    else:
        print(written, end="")


def _known(settings: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in settings.items() if name in NgramSettings._fields}


def main() -> None:
    """Runs the program. Known errors are one line on standard error and exit code 1."""
    try:
        typer.run(compare)
    except (BenchmarkError, WenhaoError) as error:
        sys.exit(f"benchmarks: {error}")


if __name__ == "__main__":
    main()
