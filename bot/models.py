"""Trained models: which is the newest, what it was trained from, and training another."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Optional

from bot.errors import ModelError
from bot.evaluation.training_data.soundness import require_sound
from bot.settings import Settings

TRAINING_INPUTS = ("config.yml", "domain", "data/nlu", "data/rules", "data/stories", "bot/nlu")
RECORD = "trained_from.json"


@dataclass(frozen=True)
class TrainedModel:
    """A model file, and the fingerprint of what it was trained from (None where that is not known)."""

    file: Path
    trained_from: Optional[str]


def newest_model(settings: Settings) -> Optional[TrainedModel]:
    """Returns the newest model, or None where there is none."""
    files = sorted(settings.models.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    if not files:
        return None
    return TrainedModel(files[-1], _records(settings).get(files[-1].name))


def is_current(model: TrainedModel, settings: Settings) -> bool:
    """Whether a model was trained from the training data, domain and configuration as they are now."""
    return model.trained_from == fingerprint(settings.project)


def fingerprint(project: Path) -> str:
    """Returns a hash over everything that a model is trained from. The rule table is no part of it."""
    digest = hashlib.sha256()
    for file in _training_files(project):
        digest.update(str(file.relative_to(project)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _training_files(project: Path) -> Iterator[Path]:
    for name in TRAINING_INPUTS:
        path = project / name
        if path.is_file():
            yield path
        else:
            yield from sorted(file for file in path.rglob("*") if file.suffix in (".yml", ".yaml", ".py"))


def train_model(settings: Settings, name: Optional[str] = None) -> TrainedModel:
    """Trains a model from the project's data, keeps it beside the others, and returns it.

    Raises TrainingDataError where the training data have problems, and ModelError where they can't be trained from for
    another reason; no earlier model is touched.
    """
    require_sound(settings.project)
    from rasa.model_training import train
    from rasa.shared.exceptions import RasaException

    project = settings.project
    trained_from = fingerprint(project)
    data = [str(project / path) for path in ("data/nlu", "data/rules", "data/stories") if (project / path).exists()]
    try:
        # Rasa prints to standard output, which belongs to the command.
        with contextlib.redirect_stdout(io.StringIO()), _without_collecting():
            result = train(
                domain=str(project / "domain"),
                config=str(project / "config.yml"),
                training_files=data,
                output=str(settings.models),
                fixed_model_name=name,
                force_training=True,
            )
    except RasaException as error:
        raise ModelError(f"the training data can't be used: {' '.join(str(error).split())}") from error
    if not result.model:
        raise ModelError("training ended without a model: run 'rasa data validate' for the reason")
    model = TrainedModel(Path(result.model), trained_from)
    _record(settings, model)
    return model


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Leaves off the search for circular garbage: it goes through millions of questions and words, and finds none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _records(settings: Settings) -> dict[str, str]:
    try:
        records: dict[str, str] = json.loads((settings.models / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return records


def _record(settings: Settings, model: TrainedModel) -> None:
    kept = {name: of for name, of in _records(settings).items() if (settings.models / name).exists()}
    kept[model.file.name] = model.trained_from or ""
    (settings.models / RECORD).write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
