"""After a change of the model: are more messages left unanswered than before? Read from the kept conversations.

Every process watches, and finds the same, for all servers write to one tracker store.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Optional

from prometheus_client import Gauge
from scipy.stats import fisher_exact
from sqlalchemy import column, select, table
from sqlalchemy.engine import Engine

from bot.learning.promoting.clock import now
from bot.learning.promoting.errors import PointerError
from bot.learning.promoting.serving import Serving, read_serving, write_durably
from bot.learning.promoting.status import WATCH
from bot.learning.promoting.threshold_file import model_id_of
from bot.settings import Settings

logger = logging.getLogger(__name__)

SECONDS_BETWEEN = 60.0

# Replies of the tracker store that are read for it, the newest first.
MOST_READ = 5000

# Fewer messages tell nothing yet.
LEAST_MESSAGES = 20

# It is looked at again and again: by chance alone one look in a hundred may alarm, not one in twenty.
SIGNIFICANT = 0.01

_EVENTS = table("events", column("id"), column("type_name"), column("timestamp"), column("data"))
_SHARE = Gauge("wenhao_unanswered_share", "Of the messages before and since the model changed.", ["period"])
_RAISED = Gauge("wenhao_unanswered_raised", "1 where more are left unanswered since than chance explains.")


@dataclass(frozen=True)
class Counts:
    """Messages, and how many of them were not understood."""

    messages: int
    unanswered: int

    @property
    def share(self) -> float:
        """The share that was not understood."""
        return self.unanswered / self.messages if self.messages else 0.0


def is_raised(before: Counts, since: Counts) -> bool:
    """Whether more is left unanswered than chance explains (Fisher's exact test, one-sided)."""
    if since.messages < LEAST_MESSAGES or before.messages < LEAST_MESSAGES:
        return False
    answered = [[each.unanswered, each.messages - each.unanswered] for each in (since, before)]
    return float(fisher_exact(answered, alternative="greater")[1]) < SIGNIFICANT


def count(engine: Engine, model_id: str, since: float) -> tuple[Counts, Counts]:
    """Returns the counts of other models before a time, and those of a model since."""
    before, after = [0, 0], [0, 0]
    for at, reply, model in _replies(engine):
        place = after if model == model_id and at >= since else before if model != model_id and at < since else None
        if place is not None:
            place[0] += 1
            place[1] += not reply["understood"]
    return Counts(*before), Counts(*after)


def _replies(engine: Engine) -> Iterator[tuple[float, dict[str, Any], str]]:
    """Yields the newest replies with their times and the ids of the models that gave them."""
    query = select(_EVENTS.c.data).where(_EVENTS.c.type_name == "bot").order_by(_EVENTS.c.id.desc()).limit(MOST_READ)
    with engine.connect() as connection:
        rows = [row.data for row in connection.execute(query)]
    for row in rows:
        event = json.loads(row)
        reply = (event.get("data") or {}).get("custom") or {}
        if "understood" in reply:
            yield float(event["timestamp"]), reply, str((event.get("metadata") or {}).get("model_id") or "")


class Watch:
    """Watches for a while after each change, and once more where a server starts within it."""

    def __init__(self, settings: Settings, tracker_store: Callable[[], Any]) -> None:
        self._settings = settings
        self._tracker_store = tracker_store
        self._task: Optional[asyncio.Task[None]] = None

    def begin(self) -> None:
        """Begins to watch the serving model, in the place of what was watched before."""
        self.end()
        self._task = asyncio.get_running_loop().create_task(self._watch())

    def end(self) -> None:
        """Ends watching."""
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        try:
            serving = read_serving(self._settings.models)
        except PointerError:
            return
        store = self._tracker_store()
        engine = getattr(getattr(store, "_tracker_store", store), "engine", None)
        if serving is None or engine is None:
            return
        model_id = await asyncio.to_thread(model_id_of, self._settings.models / serving.model)
        since = datetime.datetime.fromisoformat(serving.since)
        until = since + datetime.timedelta(minutes=self._settings.watch_minutes)
        while datetime.datetime.now(datetime.timezone.utc) < until:
            try:
                await asyncio.to_thread(self._look, engine, serving, model_id, since, until)
            except Exception:
                # It is a help to the operator; answering goes on without it.
                logger.exception("How many messages are left unanswered can't be counted.")
            await asyncio.sleep(SECONDS_BETWEEN)

    def _look(
        self,
        engine: Engine,
        serving: Serving,
        model_id: str,
        since: datetime.datetime,
        until: datetime.datetime,
    ) -> None:
        before, after = count(engine, model_id, since.timestamp())
        raised = is_raised(before, after)
        _SHARE.labels("before").set(before.share)
        _SHARE.labels("since").set(after.share)
        _RAISED.set(raised)
        if raised:
            logger.warning(
                "Since %s answers, %d of %d messages were left unanswered, before %d of %d: more than chance explains. "
                "'wenhao rollback' returns to the model before.",
                serving.model, after.unanswered, after.messages, before.unanswered, before.messages,
            )  # fmt: skip
        found = {
            "model": serving.model,
            "sha256": serving.sha256,
            "before": asdict(before),
            "now": asdict(after),
            "raised": raised,
            "at": now(),
            "until": until.isoformat(),
        }
        write_durably(self._settings.models / WATCH, json.dumps(found, indent=2) + "\n")
