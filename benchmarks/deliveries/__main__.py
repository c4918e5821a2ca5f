"""The program: reads the flags, carries a run out, prints its table and writes its figures below reports/."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Optional, cast

import typer

from benchmarks.deliveries.plan import RATES, Channel, Manner, Plan
from benchmarks.deliveries.report import to_text, write
from benchmarks.deliveries.run import carry_out
from benchmarks.deliveries.server import PROJECT
from benchmarks.errors import BenchmarkError
from benchmarks.machine import Machine

REPORTS = PROJECT / "reports"


def deliveries(
    channel: str = typer.Option(..., help="wechat or slack."),
    rate: Optional[float] = typer.Option(None, min=0.1, help="Messages a second.  [default: 200, Slack 100]"),
    seconds: float = typer.Option(60.0, min=1, help="For how long messages are offered."),
    manner: str = typer.Option("stubborn", help="stubborn: each message as often as ever; faithful: while unanswered."),
    gap: Optional[float] = typer.Option(
        None, min=0, help="Seconds between stubborn deliveries.  [default: 5, Slack 0]"
    ),
    kill: bool = typer.Option(False, "--kill", help="Kill the server in the middle, and start it again."),
    unverified: bool = typer.Option(False, "--unverified", help="A WeChat account that may send nothing by itself."),
    safe: bool = typer.Option(False, "--safe", help="WeChat's safe mode: encrypted messages."),
    settle: float = typer.Option(600.0, min=0, help="Seconds to wait at most for what is still to come."),
    folder: Optional[Path] = typer.Option(None, help="Where the server's state and log go.  [default: thrown away]"),
) -> None:
    """Deliver messages more than once to a server under load, and count what each of their senders sees."""
    if channel not in RATES or manner not in ("faithful", "stubborn"):
        raise typer.BadParameter("the channel is wechat or slack, the manner faithful or stubborn")
    plan = Plan(
        cast(Channel, channel),
        rate or RATES[channel],
        seconds,
        cast(Manner, manner),
        gap if gap is not None else (5.0 if channel == "wechat" else 0.0),
        kill,
        verified=not unverified,
        safe=safe,
        settle=settle,
    )
    machine = Machine.read()
    with tempfile.TemporaryDirectory() as thrown_away:
        place = folder or Path(thrown_away)
        place.mkdir(parents=True, exist_ok=True)
        run = asyncio.run(carry_out(plan, place))
    print(to_text(run, machine))
    print(f"Written to {write(run, machine, REPORTS)}", file=sys.stderr)


def main() -> None:
    """Runs the program. Known errors are one line on standard error and exit code 1."""
    try:
        typer.run(deliveries)
    except BenchmarkError as error:
        sys.exit(f"benchmarks: {error}")


if __name__ == "__main__":
    main()
