"""Which model serves: the one that the pointer names, and where it can't be used, the last good one before it."""

from __future__ import annotations

import logging
from typing import Iterator, Optional

from bot.learning.promoting.errors import PointerError
from bot.learning.promoting.history import Event, read_history
from bot.learning.promoting.serving import POINTER, REMEDY, model_of, read_serving, sha256_of
from bot.models import TrainedModel, newest_model
from bot.settings import Settings

logger = logging.getLogger(__name__)


def served_model(settings: Settings) -> Optional[TrainedModel]:
    """Returns the model that serves; without a pointer the newest, and None where there is none at all.

    Where the pointer or its model can't be used, the last good model of the history is taken, and the log says so.
    Raises PointerError where there is none.
    """
    try:
        return pointed_at(settings)
    except PointerError as error:
        for model in models_before(settings):
            logger.error("%s; meanwhile %s answers", error, model.file.name)
            return model
        raise


def pointed_at(settings: Settings) -> Optional[TrainedModel]:
    """Returns the model that the pointer names; the newest where nothing was ever promoted.

    Raises PointerError where the pointer or its model can't be used.
    """
    serving = read_serving(settings.models)
    if serving is not None:
        return TrainedModel(model_of(settings.models, serving), serving.trained_from)
    if read_history(settings.models):
        raise PointerError(f"{settings.models / POINTER} is missing, though models were promoted: {REMEDY}")
    return newest_model(settings)


def models_before(settings: Settings) -> Iterator[TrainedModel]:
    """Yields the models that served, each once, as far as their files are there and whole.

    The last comes first, and those that somebody rolled back from come last: they answer rather than none.
    """
    rejected: list[TrainedModel] = []
    seen: set[str] = set()
    turned_down: set[str] = set()
    for record in reversed(read_history(settings.models)):
        if record.event is Event.FAILED:
            continue
        if record.event is Event.ROLLED_BACK and record.before not in seen:
            turned_down.add(record.before)
        file = settings.models / record.model
        if record.model in seen:
            continue
        seen.add(record.model)
        if file.is_file() and sha256_of(file) == record.sha256:
            model = TrainedModel(file, record.trained_from)
            if record.model in turned_down:
                rejected.append(model)
            else:
                yield model
    yield from rejected
