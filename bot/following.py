"""A running server follows the pointer at the serving model (models/serving.json), without a message lost or late.

The new model is loaded and warmed in another thread, beside the old one; then it takes the next message. What is being
answered is answered by the old one to its end. A model that can't be loaded changes nothing.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

from rasa.core.utils import AvailableEndpoints

from bot.learning.promoting.clock import now
from bot.learning.promoting.history import Event, Record, append, read_history
from bot.learning.promoting.served import pointed_at
from bot.learning.promoting.serving import POINTER, sha256_of
from bot.loading import load_beside
from bot.models import TrainedModel
from bot.settings import Settings
from bot.working_agent import WorkingAgent

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0

Stamp = Optional[tuple[int, int, int]]


class Follower:
    """Follows the pointer for one process. `model` is the one that answers, `failed` the last that could not."""

    def __init__(
        self,
        settings: Settings,
        endpoints: AvailableEndpoints,
        agent: WorkingAgent,
        model: TrainedModel,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.model = model
        self.failed = ""
        self._settings = settings
        self._endpoints = endpoints
        self._agent = agent
        self._changed = changed
        self._tried = ""
        # Taken before the first look: what is promoted while the first model is loaded is not missed.
        self._stamp: Stamp = None
        self._sha256 = sha256_of(model.file)

    async def follow(self) -> None:
        """Looks at the pointer every second until it is cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(POLL_SECONDS)

    async def look(self) -> None:
        """Changes over to another model where the pointer has moved."""
        stamp = _stamp(self._settings.models / POINTER)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        self._tried = POINTER
        try:
            await self._change()
            self.failed = ""
        except Exception as error:
            # Whatever is wrong with it, the model that answers goes on.
            self.failed = self._tried
            logger.exception("The model that was promoted can't be loaded; %s goes on.", self.model.file.name)
            note_failure(self._settings, self.failed, error, self.model)

    async def _change(self) -> None:
        model = await asyncio.to_thread(pointed_at, self._settings)
        sha256 = await asyncio.to_thread(sha256_of, model.file) if model else ""
        if model is None or sha256 == self._sha256:
            return
        self._tried = model.file.name
        agent = await _in_thread(lambda: load_beside(self._agent.agent, self._endpoints, model))
        await self._agent.change(agent)
        logger.info("%s answers now, instead of %s.", model.file.name, self.model.file.name)
        self.model, self._sha256 = model, sha256
        self._changed()
        # An agent refers to itself in circles: without this the old models would pile up for a while.
        await asyncio.to_thread(gc.collect)


def note_failure(settings: Settings, name: str, error: Exception, instead: TrainedModel) -> None:
    """Notes in the history that a model could not be loaded, and which one answers; once, for all processes."""
    history = read_history(settings.models)
    if history and history[-1].event is Event.FAILED and history[-1].model == name:
        return
    reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    append(settings.models, Record(Event.FAILED, now(), name, "", reason=reason, before=instead.file.name))


def _stamp(file: Path) -> Stamp:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


async def _in_thread(work: Callable[[], Any]) -> Any:
    """Returns or raises what some work does in a thread of its own, which does not keep the process from ending."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Any] = loop.create_future()

    def run() -> None:
        try:
            result, failed = work(), None
        except BaseException as error:
            result, failed = None, error
        if not loop.is_closed():
            loop.call_soon_threadsafe(_finish, done, result, failed)

    threading.Thread(target=run, daemon=True, name="loading").start()
    return await done


def _finish(done: asyncio.Future[Any], result: Any, failed: Optional[BaseException]) -> None:
    if done.cancelled():
        return
    if failed is not None:
        done.set_exception(failed)
    else:
        done.set_result(result)
