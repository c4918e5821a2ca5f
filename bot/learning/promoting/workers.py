"""Two processes that ask models: each loads a model at its first job with it, and keeps it.

Asking is computing without a break, and a process computes on one core alone.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional, Sequence

from bot.errors import ModelError
from bot.evaluation.cases import Case
from bot.evaluation.tuning import Trial
from bot.learning.promoting.scripts import Answer, Script
from bot.settings import Settings

PROCESSES = 2

# Conversations in one job: few enough that both processes end at about the same time.
AT_ONCE = 25


@dataclass(frozen=True)
class Asked:
    """What a process needs to know of a model."""

    settings: Settings
    file: Path


class Workers:
    """The processes. `thresholds` is the file that their actions read (actions/thresholds.py)."""

    def __init__(self, settings: Settings, thresholds: Path) -> None:
        self._settings = settings
        # Rasa's libraries run threads, which a fork would cut off.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(PROCESSES, context, _begin, (str(thresholds),))

    def ask(self, file: Path, scripts: Sequence[Script]) -> list[Future[list[list[Answer]]]]:
        """Begins to ask a model some conversations; each future has those of one job, in order."""
        asked = Asked(self._settings, file)
        return [self._pool.submit(_ask, asked, part) for part in _parts(scripts)]

    def read(self, file: Path, cases: Sequence[Sequence[Case]]) -> list[Future[list[tuple[str, Trial]]]]:
        """Begins to try a model's readings of cases, given by conversation: languages and trials."""
        asked = Asked(self._settings, file)
        return [self._pool.submit(_read, asked, part) for part in _parts(cases)]

    def close(self) -> None:
        """Ends the processes; jobs that were not begun are dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _parts(whole: Sequence[Any]) -> list[Sequence[Any]]:
    return [whole[start : start + AT_ONCE] for start in range(0, len(whole), AT_ONCE)]


# From here on: inside the processes.

_loop: Optional[asyncio.AbstractEventLoop] = None
_assistants: dict[Path, Any] = {}


def _begin(thresholds: str) -> None:
    os.environ["TUNING"] = thresholds
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from bot.quiet import silence_libraries

    silence_libraries("ERROR")


def _end_with_parent() -> None:
    """Ends the process when the one that began it was killed: the pool's queue alone would let it wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(work: Any) -> Any:
    global _loop
    _loop = _loop or asyncio.new_event_loop()
    return _loop.run_until_complete(work)


async def _assistant(asked: Asked) -> Any:
    if asked.file not in _assistants:
        from bot.assistant import Assistant
        from bot.models import TrainedModel

        try:
            _assistants[asked.file] = await Assistant.load(asked.settings, TrainedModel(asked.file, None))
        except Exception as error:
            # Not every error of the libraries can be handed to another process.
            raise ModelError(f"{asked.file} can't be loaded ({type(error).__name__}): train another") from None
    return _assistants[asked.file]


def _ask(asked: Asked, scripts: Sequence[Script]) -> list[list[Answer]]:
    return list(_run(_ask_all(asked, scripts)))


async def _ask_all(asked: Asked, scripts: Sequence[Script]) -> list[list[Answer]]:
    from actions.consultant_action import shared_desk
    from bot.evaluation.acts import act_of, known_replies, topics_in

    assistant = await _assistant(asked)
    known = known_replies(shared_desk().consultant().table.phrases)
    found = []
    for number, script in enumerate(scripts):
        # A conversation of its own, which no other job has.
        conversation = f"{script.key}-{number}-{id(scripts)}"
        replies = [await assistant.ask(text, conversation, script.as_of) for text in script.turns]
        found.append(
            [
                {
                    "act": act_of(reply, known).value,
                    "topics": list(topics_in(reply)),
                    **{name: reply[name] for name in ("facts", "later", "intent", "confidence")},
                    "reply": reply["reply"],
                    "recommendation": reply["recommendation"],
                }
                for reply in replies
            ]
        )
    return found


def _read(asked: Asked, cases: Sequence[Sequence[Case]]) -> list[tuple[str, Trial]]:
    return list(_run(_read_all(asked, cases)))


async def _read_all(asked: Asked, conversations: Sequence[Sequence[Case]]) -> list[tuple[str, Trial]]:
    from actions.consult.reading import shared_tuning
    from actions.consultant_action import shared_desk
    from bot.evaluation.tuning import example, trial

    assistant = await _assistant(asked)
    table, weights = shared_desk().consultant().table, shared_tuning().weights
    found = []
    for cases in conversations:
        before: list[str] = []
        for case in cases:
            parsed = await assistant.parse(case.text)
            made, topics = example(table, parsed, case.facts, before, case.topics or ())
            found.append((case.language, trial(made, weights)))
            before = topics or before
    return found
