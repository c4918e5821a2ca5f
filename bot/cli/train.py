"""`wenhao train`: train a model."""

from __future__ import annotations

import time

import typer

from bot.cli.common import STDOUT, start, train_directly, working
from bot.learning.promoting.candidates import train_candidate
from bot.learning.promoting.served import served_model
from bot.models import is_current


def train(
    if_needed: bool = typer.Option(False, "--if-needed", help="Only where there is no model that fits the data."),
    candidate: bool = typer.Option(
        False, "--candidate", help="Beside the serving model, to be compared and promoted: how lessons go live."
    ),
) -> None:
    """Train a model from the questions in data/nlu.

    Without --candidate it serves at once, past the gate: the developer's way. Running servers change over to it where
    a model was promoted before.
    """
    settings = start()
    began = time.monotonic()
    if candidate:
        with working("Training a candidate, which takes about a minute ..."):
            trained = train_candidate(settings)
        STDOUT.print(f"Trained candidate {trained.name} in {time.monotonic() - began:.0f} s: now 'wenhao compare'.")
        return
    model = served_model(settings) if if_needed else None
    if model is not None and is_current(model, settings):
        STDOUT.print(f"{model.file.name} fits the training data; nothing to train.")
        return
    model = train_directly(settings, "wenhao train")
    STDOUT.print(f"Trained {model.file.name} in {time.monotonic() - began:.0f} s.")
