"""What serves, what waits for promotion, and how the model does since it serves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Mapping, Optional

from bot.learning.promoting.candidates import Candidate, candidates, landed_batches
from bot.learning.promoting.errors import PointerError
from bot.learning.promoting.history import Event, Record, read_history
from bot.learning.promoting.served import pointed_at
from bot.learning.promoting.serving import Serving, read_serving
from bot.settings import Settings

# Written by a running server (bot/watching.py).
WATCH = "watch.json"


@dataclass(frozen=True)
class Status:
    """`waiting` are batches of lessons that landed and the serving model has not learned.

    `watch` is what the running server found since the last swap: {"model", "before": {"messages", "unanswered"}, "now":
    the same, "raised", "at", "until"}; empty where no server has watched the serving model.
    """

    serving: Optional[Serving]
    trouble: str
    waiting: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    history: tuple[Record, ...]
    watch: Mapping[str, Any]


def status(settings: Settings) -> Status:
    """Returns where things stand. A pointer that can't be used is told in `trouble`, not raised."""
    history = read_history(settings.models)
    serving, trouble = None, ""
    try:
        serving = read_serving(settings.models)
        pointed_at(settings)
    except PointerError as error:
        trouble = str(error)
    return Status(
        serving=serving,
        trouble=trouble,
        waiting=waiting_batches(settings, history, serving),
        candidates=tuple(candidates(settings)),
        history=tuple(history),
        watch=_watch(settings, serving),
    )


def waiting_batches(settings: Settings, history: list[Record], serving: Optional[Serving]) -> tuple[str, ...]:
    """Returns the batches of lessons that landed and that the serving model has not learned."""
    of_serving = [record for record in history if serving and record.model == serving.model]
    learned = next((record.batches for record in reversed(of_serving) if record.event is not Event.FAILED), ())
    return tuple(batch for batch in landed_batches(settings) if batch not in learned)


def _watch(settings: Settings, serving: Optional[Serving]) -> Mapping[str, Any]:
    try:
        found = json.loads((settings.models / WATCH).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    is_of_serving = isinstance(found, dict) and serving is not None and found.get("sha256") == serving.sha256
    return found if is_of_serving else {}
