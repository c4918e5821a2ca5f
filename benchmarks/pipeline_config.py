"""The NLU pipeline as config.yml has it, and with other settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

CLASSIFIER = "QuestionClassifier"
CONFIG = Path(__file__).resolve().parent.parent / "config.yml"
Config = Sequence[Mapping[str, Any]]


def read_config() -> Config:
    """Returns the components that config.yml names."""
    parts: Config = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["pipeline"]
    return parts


def with_settings(config: Config, settings: Mapping[str, float]) -> Config:
    """Returns a pipeline with some of the classifier's settings changed."""
    return [{**part, **settings} if is_classifier(part) else part for part in config]


def is_classifier(part: Mapping[str, Any]) -> bool:
    """Whether a component is the one that tells the intents."""
    return str(part["name"]).endswith(CLASSIFIER)


def classifier_settings(config: Config) -> dict[str, float]:
    """Returns the settings of the classifier that a pipeline names."""
    (part,) = [part for part in config if is_classifier(part)]
    return {name: value for name, value in part.items() if name != "name"}
