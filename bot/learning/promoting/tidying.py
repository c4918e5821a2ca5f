"""Deletes what no longer serves anybody: old promoted models, candidates that were passed over, and their reports."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Optional, Sequence

from actions.settings import TUNING
from bot.learning.promoting.candidates import Candidate, candidates, told_beside
from bot.learning.promoting.history import Event, Record, read_history
from bot.learning.promoting.serving import Serving
from bot.learning.promoting.threshold_file import read_thresholds, write_thresholds
from bot.settings import Settings

logger = logging.getLogger(__name__)

REPORTS = "comparisons"

# So many models that served stay, for rolling back.
MOST_MODELS = 5

# A model that was there before the first promotion is somebody's own: it is never deleted.
OURS = (Event.PROMOTED, Event.FORCED, Event.DIRECT)


def tidy(settings: Settings, serving: Serving, promoted: Optional[Candidate] = None) -> None:
    """Deletes all but the last five models that served, and candidates older than the one that was promoted."""
    history = [record for record in read_history(settings.models) if record.event is not Event.FAILED]
    kept = {serving.model, *_last(history)}
    for record in history:
        if record.event in OURS and record.model not in kept:
            _delete(settings.models / record.model)
            _delete_report(settings, Path(record.model))
    for candidate in candidates(settings):
        if promoted and candidate.trained_at <= promoted.trained_at:
            _delete(candidate.file)
            _delete(told_beside(candidate.file))
            if candidate.name != promoted.name:
                _delete_report(settings, candidate.file)
    ids = {record.model_id for record in history if record.model in kept}
    thresholds = read_thresholds(settings.models / TUNING)
    if not ids.issuperset(thresholds):
        write_thresholds(settings.models / TUNING, {id_: found for id_, found in thresholds.items() if id_ in ids})


def _last(history: Sequence[Record]) -> list[str]:
    return list(dict.fromkeys(record.model for record in reversed(history)))[:MOST_MODELS]


def _delete(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("%s can't be deleted (%s): delete it by hand", file, error.strerror)


def _delete_report(settings: Settings, model: Path) -> None:
    shutil.rmtree(settings.models / REPORTS / model.name.removesuffix(".tar.gz"), ignore_errors=True)
