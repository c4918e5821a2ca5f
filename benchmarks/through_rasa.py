"""Training and asking as `rasa train nlu` and a served bot do: with Rasa's graph around the components."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import yaml

from benchmarks.plain import FILES, RASA, with_epochs
from benchmarks.processes import run_to_end
from benchmarks.progress import say
from benchmarks.public_sets import PublicSet
from benchmarks.sample import to_nlu_file
from benchmarks.scores import Answer, Scores, score
from benchmarks.system import Command
from bot.evaluation.training_data import Example

PROJECT = Path(__file__).resolve().parent.parent
WENHAO = "Wenhao"
MODELS = "models"
MOST_TRAINING = 7200.0
TRAINING = ("train", "nlu", "--config", "config.yml", "--nlu", "nlu.yml", "--out", MODELS)

Worker = Callable[[str, Mapping[str, Any]], Any]


@dataclass(frozen=True)
class ThroughRasa:
    """One pipeline on one set. Training is the whole process, from its start to its end."""

    name: str
    set: PublicSet
    seconds: float
    megabytes: float
    scores: Scores


def through_rasa(name: str, measured: PublicSet, config: str, run_worker: Worker) -> ThroughRasa:
    """Trains a configuration on a set, and asks it the set's test questions."""
    say(f"{name} through Rasa: {measured.spec.name}, {len(measured.train):,} questions")
    with tempfile.TemporaryDirectory(prefix="wenhao-benchmarks-") as place:
        folder = Path(place)
        (folder / "config.yml").write_text(config, encoding="utf-8")
        (folder / "nlu.yml").write_text(to_training_data(measured), encoding="utf-8")
        training = run_to_end(Command((*RASA, *TRAINING), {"PYTHONPATH": str(PROJECT)}), folder, MOST_TRAINING)
        (model,) = (folder / MODELS).glob("*.tar.gz")
        job = {"model": str(model), "texts": {"test": [text for text, _ in measured.test]}}
        answers = run_worker("benchmarks.rasa_worker", job)["answers"]["test"]
    scores = score([intent for _, intent in measured.test], [Answer(**answer) for answer in answers])
    say(f"{name} through Rasa: accuracy {scores.accuracy:.1%}, trained in {training.seconds:.1f} s")
    return ThroughRasa(name, measured, training.seconds, training.megabytes, scores)


def to_training_data(measured: PublicSet) -> str:
    """Returns a set's training questions in Rasa's format."""
    return to_nlu_file([Example(text, intent, Path(), 0) for text, intent in measured.train])


def plain_config(epochs: Optional[int]) -> str:
    """Returns the configuration of the plain project, with other epochs for a quick run."""
    file = FILES / "config.yml"
    return file.read_text(encoding="utf-8") if epochs is None else str(yaml.safe_dump(with_epochs(file, epochs)))
