"""The queue brought up to date with the training data and the model that serves, as they are now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.exceptions import RasaException

from actions.rule_table.loader import load_rule_table
from actions.settings import ActionSettings
from bot.assistant import Assistant
from bot.errors import ModelError
from bot.evaluation.acts import known_replies
from bot.evaluation.training_data.questions import Example
from bot.learning.database import ReviewDatabase
from bot.learning.queueing.refreshing import Refreshed, refresh
from bot.learning.queueing.rereading import outdated, reread
from bot.models import TrainedModel
from bot.settings import Settings

Told = Callable[[str], None]


@dataclass(frozen=True)
class Updated:
    """How the queue stands, how many texts the model that serves read anew, and how many are left for the next time."""

    queue: Refreshed
    reread: int
    left: int


def update_queue(
    settings: Settings, database: ReviewDatabase, examples: Sequence[Example], model: TrainedModel, told: Told
) -> Updated:
    """Gives every text that waits its reasons and score, and asks the model what an earlier one understood.

    `told` hears what is being done. Raises ReviewDatabaseError, ModelError.
    """
    name = model_id(model)
    told("Looking at what waits ...")
    refreshed = refresh(database, examples, name)
    with database.begin() as connection:
        old = outdated(connection, name)
    if not old:
        return Updated(refreshed, 0, 0)

    def progress(done: int) -> None:
        told(f"Asking the model that serves now: {done:,} of {len(old):,} texts ...")

    async def ask() -> None:
        known = known_replies(load_rule_table(ActionSettings.read().rule_table).phrases)
        await reread(database, old, await Assistant.load(settings, model), name, known, progress)

    progress(0)
    asyncio.run(ask())
    return Updated(refresh(database, examples, name), len(old), old.left)


def model_id(model: TrainedModel) -> str:
    """Returns the id by which Rasa names a model in what it logs. Raises ModelError where the file is none."""
    try:
        return str(LocalModelStorage.metadata_from_archive(model.file).model_id)
    except (OSError, RasaException, ValueError, KeyError, EOFError) as error:
        raise ModelError(f"{model.file} can't be read ({error}): run 'wenhao rollback' or 'wenhao train'") from error
