"""What several commands share: settings, a model that fits the data, a word on what takes long."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import Iterator

from rich.console import Console

from bot.errors import ModelError
from bot.models import TrainedModel, is_current, newest_model, train_model
from bot.quiet import silence_libraries
from bot.settings import Settings

STDERR = Console(stderr=True, soft_wrap=True)
STDOUT = Console(soft_wrap=True)


def start() -> Settings:
    """Returns the settings, with the libraries silenced."""
    silence_libraries(os.environ.get("LOG_LEVEL") or "WARNING")
    return Settings.read()


@contextmanager
def working(doing: str) -> Iterator[None]:
    """Shows on standard error what is being done: a spinner in a terminal, a line elsewhere."""
    if STDERR.is_terminal:
        with STDERR.status(doing):
            yield
    else:
        print(doing, file=sys.stderr, flush=True)
        yield


def current_model(settings: Settings) -> TrainedModel:
    """Returns the newest model. Raises ModelError where there is none; warns where it is older than its data."""
    model = newest_model(settings)
    if model is None:
        raise ModelError("there is no model yet: run 'wenhao train' (one to two minutes)")
    if not is_current(model, settings):
        STDERR.print("The training data changed since this model was trained: 'wenhao train' takes the change in.")
    return model


def trained_model(settings: Settings) -> TrainedModel:
    """Returns a model that fits the training data, trained now where there is none."""
    model = newest_model(settings)
    if model is not None and is_current(model, settings):
        return model
    reason = "There is no model yet" if model is None else "The training data changed"
    with working(f"{reason}: training one, which takes one to two minutes ..."):
        return train_model(settings)
