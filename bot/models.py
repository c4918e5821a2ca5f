"""Trained models: which is the newest, what it was trained from, and training another."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Optional, Sequence

from bot.errors import ModelError
from bot.evaluation.training_data.soundness import require_sound
from bot.settings import Settings

TRAINING_INPUTS = ("config.yml", "domain", "data/nlu", "data/rules", "data/stories", "bot/nlu")
RECORD = "trained_from.json"

# What learning from logs writes (bot/learning/landing). All else is written by hand.
LEARNED = ("data/nlu/learned.yml", "domain/learned.yml", "data/rules/learned.yml")
PARTED = "+"


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


def differs_in_lessons_alone(model: TrainedModel, settings: Settings) -> bool:
    """Whether nothing but the learned files changed since a model was trained."""
    now = fingerprint(settings.project)
    return model.trained_from != now and (model.trained_from or "").split(PARTED)[0] == now.split(PARTED)[0]


def fingerprint(project: Path) -> str:
    """Returns a hash over everything that a model is trained from. The rule table is no part of it.

    Where there are learned files, their hash stands behind that of the others, after a plus sign.
    """
    files = list(_training_files(project))
    learned = [file for file in files if file.relative_to(project).as_posix() in LEARNED]
    by_hand = _hash(project, [file for file in files if file not in learned])
    return f"{by_hand}{PARTED}{_hash(project, learned)}" if learned else by_hand


def _hash(project: Path, files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
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


def train_model(settings: Settings, name: Optional[str] = None, folder: Optional[Path] = None) -> TrainedModel:
    """Trains a model from the project's data, keeps it beside the others (or in a folder of its own), and returns it.

    Raises TrainingDataError where the training data have problems, and ModelError where they can't be trained from for
    another reason; no earlier model is touched.
    """
    from bot.learning.landing import recover

    recover(settings)
    require_sound(settings.project)
    from rasa.model_training import train
    from rasa.shared.exceptions import RasaException

    project = settings.project
    trained_from = fingerprint(project)
    data = [str(project / path) for path in ("data/nlu", "data/rules", "data/stories") if (project / path).exists()]
    settings.models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".training-", dir=settings.models) as beside:
        try:
            # Rasa prints to standard output, which belongs to the command.
            with contextlib.redirect_stdout(io.StringIO()), _without_collecting():
                result = train(
                    domain=str(project / "domain"),
                    config=str(project / "config.yml"),
                    training_files=data,
                    output=beside,
                    fixed_model_name=name,
                    force_training=True,
                )
        except RasaException as error:
            raise ModelError(f"the training data can't be used: {' '.join(str(error).split())}") from error
        if not result.model:
            raise ModelError("training ended without a model: run 'rasa data validate' for the reason")
        model = _keep(Path(result.model), folder or settings.models, trained_from)
    record_training(settings, model)
    return model


def _keep(written: Path, folder: Path, trained_from: str) -> TrainedModel:
    """Moves a model where models are looked for: only whole files are there, even after a crash."""
    folder.mkdir(parents=True, exist_ok=True)
    return TrainedModel(written.replace(folder / written.name), trained_from)


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


def record_training(settings: Settings, model: TrainedModel) -> None:
    """Notes what a model below the models' folder was trained from."""
    kept = {name: of for name, of in _records(settings).items() if (settings.models / name).exists()}
    kept[model.file.relative_to(settings.models).as_posix()] = model.trained_from or ""
    (settings.models / RECORD).write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
