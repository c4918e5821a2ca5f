"""Every change of the serving model, a line of JSON each, never rewritten: models/history.jsonl."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

from bot.learning.promoting.serving import flush_folder

HISTORY = "history.jsonl"


class Event(str, Enum):
    """What happened to the serving model.

    `adopted`: the model that served before there was a pointer; `direct`: trained by a developer, without a gate;
    `failed`: a model that a server could not load.
    """

    ADOPTED = "adopted"
    PROMOTED = "promoted"
    FORCED = "forced"
    DIRECT = "direct"
    ROLLED_BACK = "rolled back"
    FAILED = "failed"


@dataclass(frozen=True)
class Record:
    """One line of the history. `before` is the model that served before.

    `model_id` is what the model notes with every message (Rasa's model_id), `batches` are the batches of lessons that
    it learned, `golden` what it was judged by: the hash of each row.
    """

    event: Event
    at: str
    model: str
    sha256: str
    trained_from: str = ""
    tuning: Mapping[str, float] = field(default_factory=dict)
    report: str = ""
    by: str = ""
    reason: str = ""
    before: str = ""
    model_id: str = ""
    batches: tuple[str, ...] = ()
    golden: Mapping[str, Any] = field(default_factory=dict)


def append(models: Path, record: Record) -> None:
    """Adds a line and waits until it is on the disk."""
    models.mkdir(parents=True, exist_ok=True)
    line = json.dumps({**asdict(record), "event": record.event.value}, ensure_ascii=False)
    with (models / HISTORY).open("ab") as output:
        # A line that a crash cut off must not swallow this one.
        output.write(f"{'' if _ends_whole(models / HISTORY) else chr(10)}{line}\n".encode())
        output.flush()
        os.fsync(output.fileno())
    flush_folder(models)


def read_history(models: Path) -> list[Record]:
    """Returns the history, the oldest first. A line that a crash cut off is left out."""
    try:
        lines = (models / HISTORY).read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return []
    return [record for line in lines if (record := _record(line))]


def last_without(models: Path, *batches: str) -> Optional[Record]:
    """Returns the newest model that served, is still there, and learned nothing of these batches of lessons."""
    found = [record for record in read_history(models) if record.event is not Event.FAILED]
    there = [record for record in found if not set(batches) & set(record.batches) and (models / record.model).is_file()]
    return there[-1] if there else None


def golden_at_last_promotion(models: Path) -> Optional[Sequence[str]]:
    """Returns the hashes of the golden rows by which the serving model was judged, None where it never was.

    A model that was rolled back to is one that was judged by what was there then.
    """
    history = read_history(models)
    serving = next((record for record in reversed(history) if record.event is not Event.FAILED), None)
    judged = (Event.PROMOTED, Event.FORCED, Event.DIRECT)
    of_serving = [record for record in history if serving and record.model == serving.model and record.event in judged]
    return of_serving[-1].golden.get("rows") if of_serving else None


def _record(line: str) -> Optional[Record]:
    try:
        content = json.loads(line)
        content["event"] = Event(content["event"])
        content["batches"] = tuple(content.get("batches", ()))
        return Record(**content)
    except (ValueError, TypeError, KeyError):
        return None


def _ends_whole(file: Path) -> bool:
    content = file.read_bytes()[-1:]
    return not content or content == b"\n"
