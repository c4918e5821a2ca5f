"""Moving the pointer: one at a time, the model before the pointer, the pointer before the history."""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from actions.settings import TUNING
from bot.errors import WenhaoError
from bot.learning.promoting.candidates import landed_batches
from bot.learning.promoting.clock import now
from bot.learning.promoting.errors import PointerError, PromotionError
from bot.learning.promoting.golden import row_hashes
from bot.learning.promoting.history import Event, Record, append, read_history
from bot.learning.promoting.reviewed import note_serving
from bot.learning.promoting.serving import Serving, flush_folder, read_serving, sha256_of, write_serving
from bot.learning.promoting.threshold_file import model_id_of, read_thresholds, write_thresholds
from bot.learning.promoting.tidying import tidy
from bot.learning.states import Deed
from bot.models import TrainedModel, is_current, newest_model
from bot.settings import Settings

LOCK = ".promotion.lock"


@contextmanager
def alone(models: Path) -> Iterator[None]:
    """Keeps two promotions apart. Raises PromotionError where another one is under way."""
    models.mkdir(parents=True, exist_ok=True)
    with (models / LOCK).open("w", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise PromotionError("another promotion or rollback is under way: try again in a moment") from error
        yield


def adopt(settings: Settings, by: str) -> None:
    """Takes the model that served before there was a pointer into the history, so that it can be rolled back to."""
    first = newest_model(settings)
    if read_history(settings.models) or first is None:
        return
    record = Record(
        event=Event.ADOPTED,
        at=now(),
        model=first.file.name,
        sha256=sha256_of(first.file),
        trained_from=first.trained_from or "",
        by=by,
        model_id=model_id_of(first.file),
        # What it was trained from is known where nothing changed since.
        batches=landed_batches(settings) if is_current(first, settings) else (),
    )
    point(settings, record)


def record_direct(settings: Settings, model: TrainedModel, reason: str) -> None:
    """Notes that a developer trained a model past the gate, and lets it serve. Nothing where nobody ever promoted."""
    if not read_history(settings.models):
        return
    with alone(settings.models):
        try:
            golden = row_hashes(settings)
        except WenhaoError:
            golden = ()
        record = Record(
            event=Event.DIRECT,
            at=now(),
            model=model.file.relative_to(settings.models).as_posix(),
            sha256=sha256_of(model.file),
            trained_from=model.trained_from or "",
            reason=reason,
            before=serving_now(settings),
            model_id=model_id_of(model.file),
            batches=landed_batches(settings),
            golden={"rows": list(golden)},
        )
        tidy(settings, point(settings, record))
    note_serving(settings, record, Deed.PROMOTE)


def place(file: Path, where: Path) -> None:
    """Puts a model where it serves; the candidate stays until the pointer stands, so that a crash costs nothing."""
    beside = where.with_name(f".{where.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    try:
        os.link(file, beside)
    except OSError:
        shutil.copy2(file, beside)
    beside.replace(where)
    flush_folder(where.parent)


def point(settings: Settings, record: Record) -> Serving:
    """Moves the pointer: the thresholds first, which nobody reads before the model serves, and the history last."""
    file = settings.models / TUNING
    if record.tuning:
        write_thresholds(file, {**read_thresholds(file), record.model_id: record.tuning})
    serving = Serving(
        model=record.model,
        sha256=record.sha256,
        since=record.at,
        trained_from=record.trained_from,
        tuning=record.tuning,
        report=record.report,
        by=record.by,
        reason=record.reason,
    )
    write_serving(settings.models, serving)
    append(settings.models, record)
    return serving


def serving_now(settings: Settings) -> str:
    """Returns the model that the pointer names, nothing where it names none or can't be read."""
    try:
        serving = read_serving(settings.models)
    except PointerError:
        return ""
    return serving.model if serving else ""
