"""What several commands share: settings, a model that fits the data, a word on what takes long."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import Iterator

from rich.console import Console

from bot.errors import ModelError
from bot.learning.promoting.history import read_history
from bot.learning.promoting.served import served_model
from bot.learning.promoting.status import status
from bot.models import TrainedModel, differs_in_lessons_alone, is_current, train_model
from bot.quiet import silence_libraries
from bot.settings import Settings

STDERR = Console(stderr=True, soft_wrap=True)
STDOUT = Console(soft_wrap=True)

LESSONS_WAIT = (
    "Lessons have landed that this model has not learned; it goes on answering. "
    "'wenhao train --candidate', 'wenhao compare' and 'wenhao promote' take them in."
)


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
    """Returns the model that serves. Raises ModelError where there is none; warns where it is older than its data."""
    model = served_model(settings)
    if model is None:
        raise ModelError("there is no model yet: run 'wenhao train' (about a minute)")
    if differs_in_lessons_alone(model, settings):
        STDERR.print(LESSONS_WAIT)
    elif not is_current(model, settings):
        STDERR.print("The training data changed since this model was trained: 'wenhao train' takes the change in.")
    return model


def trained_model(settings: Settings) -> TrainedModel:
    """Returns the model that serves, or one trained now where there is none or what was written by hand changed.

    Lessons from logs alone are no reason to train: they go live by a promotion.
    """
    model = served_model(settings)
    if model is not None and is_current(model, settings):
        return model
    if model is not None and differs_in_lessons_alone(model, settings):
        STDERR.print(LESSONS_WAIT)
        return model
    reason = "There is no model yet" if model is None else "The training data changed"
    return train_directly(settings, reason)


def train_directly(settings: Settings, reason: str) -> TrainedModel:
    """Trains a model past the gate, which serves from now on; lessons that wait are learned with it, and it is said."""
    waiting = status(settings).waiting if read_history(settings.models) else ()
    if waiting:
        STDERR.print(f"Lessons that wait for promotion are learned with it, past the gate: {len(waiting)} batches.")
    with working(f"{reason}: training a model, which takes about a minute ..."):
        model = train_model(settings)
    # Takes the database's library in, which --help need not wait for.
    from bot.learning.promoting.pointing import record_direct

    record_direct(settings, model, reason)
    return model
