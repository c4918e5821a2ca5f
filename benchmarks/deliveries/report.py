"""What a run showed, as a table and as data."""

from __future__ import annotations

import dataclasses
import datetime
import json
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.deliveries.record import Fate, Record
from benchmarks.deliveries.run import Run
from benchmarks.machine import Machine
from benchmarks.tables import table

MOST_OTHERS = 5


def figures(run: Run) -> dict[str, Any]:
    """Returns the figures of a run by their names."""
    fates = list(run.load.fates.values())
    return {
        "messages": run.plan.messages,
        "messages a second, offered": round(run.plan.messages / max(run.plan.seconds, 1e-9), 1),
        "answered": sum(fate.answers == 1 for fate in fates),
        "answered by a reply": sum(bool(fate.replies) for fate in fates),
        "answered by a message": sum(fate.sent > 0 for fate in fates),
        "kept for the next message": sum(fate.is_kept for fate in fates),
        "answered more than once": sum(fate.answers > 1 for fate in fates),
        "lost": sum(_is_lost(fate) for fate in fates),
        "lost after success was said": sum(_is_lost(fate) and fate.is_acknowledged for fate in fates),
        "never taken by the server": sum(not fate.is_taken and not _is_answered(fate) for fate in fates),
        **_of_times(run),
        "server away (s)": round(run.away, 1),
        "worked on after the last try (s)": round(run.settled, 1),
        **{f"{kind}, server there": count for kind, count in sorted(run.load.failures.items())},
        **{f"{kind}, server away": count for kind, count in sorted(run.load.failures_away.items())},
    }


def to_text(run: Run, machine: Machine) -> str:
    """Returns the report in Markdown."""
    plan = dataclasses.asdict(run.plan)
    said = [f"- {count} times: {text}" for text, count in run.load.others.most_common(MOST_OTHERS)]
    parts = [
        f"{machine.date}, {machine}, load {machine.load:.2f} before",
        ", ".join(f"{name} {value}" for name, value in plan.items()),
        table(["", run.plan.channel], [[name, f"{value:,}"] for name, value in figures(run).items()]),
        "\n".join(["What else was said:", *said]) if said else "",
    ]
    return "\n\n".join(filter(None, parts))


def write(run: Run, machine: Machine, folder: Path) -> Path:
    """Writes the figures into a folder as JSON, and returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
    file = folder / f"deliveries-{run.plan.channel}-{now}.json"
    content: dict[str, Any] = {
        "plan": dataclasses.asdict(run.plan),
        "machine": dataclasses.asdict(machine),
        "figures": figures(run),
    }
    # By these numbers they are found in the server's state, where its folder was kept.
    content["lost"] = sorted(number for number, fate in run.load.fates.items() if _is_lost(fate))
    content["answered more than once"] = sorted(number for number, fate in run.load.fates.items() if fate.answers > 1)
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
    return file


def _is_answered(fate: Fate) -> bool:
    return fate.answers > 0 or fate.is_kept


def _is_lost(fate: Fate) -> bool:
    return fate.is_taken and not _is_answered(fate)


def _of_times(run: Run) -> dict[str, float]:
    """Returns how fast success was said, in milliseconds, and the same of the quiet messages before the load."""
    quiet, load = _milliseconds(run.quiet), _milliseconds(run.load)
    times: dict[str, float] = {}
    for share in (50, 99):
        times[f"success p{share} (ms)"] = round(_percentile(load, share), 1)
        times[f"success p{share}, quiet (ms)"] = round(_percentile(quiet, share), 1)
        times[f"times the quiet p{share}"] = round(_percentile(load, share) / max(_percentile(quiet, share), 1e-9), 1)
    return times


def _milliseconds(record: Record) -> list[float]:
    return [seconds * 1000 for seconds in record.seconds]


def _percentile(values: Sequence[float], share: int) -> float:
    if len(values) < 2:
        return values[0] if values else 0.0
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]
