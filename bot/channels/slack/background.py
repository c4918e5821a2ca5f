"""Work that nobody waits for and that is not worth keeping: it has seconds to succeed in, or its effect passes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from bot.channels.slack.delivery.calls import RefusedError, UnansweredError
from bot.channels.slack.workspaces import NotInstalledError

logger = logging.getLogger(__name__)


class Background:
    """The tasks under way."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Starts a piece of work. What goes wrong in it goes to the log."""
        task = asyncio.ensure_future(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Ends what is under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except (RefusedError, UnansweredError, NotInstalledError) as error:
        logger.warning("%s", error)
    except Exception:
        logger.exception("Something in Slack beside an answer went wrong.")
