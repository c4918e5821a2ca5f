"""The program: reads the flags, measures, and writes docs/benchmarks.md."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any, Optional

import typer

from benchmarks.errors import BenchmarkError
from benchmarks.plan import FULL, QUICK
from benchmarks.public import run_public
from benchmarks.public_report import with_section, write_public
from benchmarks.public_sets import VARIABLE, read_sets
from benchmarks.report import write_report
from benchmarks.suite import PROJECT, run_suite

REPORT = PROJECT / "docs" / "benchmarks.md"


def bench(
    sample: Optional[int] = typer.Option(None, min=2, help=f"Questions that both train on.  [default: {FULL.sample}]"),
    seconds: Optional[float] = typer.Option(
        None, min=1, max=600, help=f"Length of the load.  [default: {FULL.seconds}]"
    ),
    skip_plain: bool = typer.Option(False, "--skip-plain", help="Measure Wenhao alone."),
    quick: bool = typer.Option(False, "--quick", help="Tiny sizes, for trying the benchmark itself."),
    output: Optional[Path] = typer.Option(None, help="Where the report goes.  [default: docs/benchmarks.md]"),
    public_sets: Optional[Path] = typer.Option(
        None, envvar=VARIABLE, help="Folder of the public sets.  [default: ../shared/benchmarks]"
    ),
    only_public: bool = typer.Option(False, "--only-public", help="Renew the report's section on the public sets."),
    beside: str = typer.Option("", help="What else runs on the machine: the report says so."),
) -> None:
    """Measure Wenhao side by side with a plain Rasa project, and on public sets of questions.

    With --quick or --skip-plain the report is printed, not written, unless --output says where.
    """
    plan = (QUICK if quick else FULL).with_sizes(sample, seconds)
    file = output or (None if quick or skip_plain else REPORT)
    # First of all: a fault in them is better known before an hour of measuring.
    sets = read_sets(public_sets)
    suite = None if only_public else run_suite(plan, skip_plain)
    public = write_public(run_public(sets, plan, skip_plain, beside))
    if suite:
        report = write_report(suite, public, _command_line(sys.argv[1:]))
    else:
        report = with_section(file.read_text(encoding="utf-8"), public) if file and file.exists() else public
    print(report)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(report, encoding="utf-8")
        print(f"Written to {file}", file=sys.stderr)


def _command_line(flags: list[str]) -> str:
    return " ".join(["python -m benchmarks", *flags])


def _stop(*_: Any) -> None:
    # As an exception it passes through every `with`, which stop the servers.
    sys.exit(143)


def main() -> None:
    """Runs the program. Known errors are one line on standard error and exit code 1."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        typer.run(bench)
    except BenchmarkError as error:
        sys.exit(f"benchmarks: {error}")


if __name__ == "__main__":
    main()
