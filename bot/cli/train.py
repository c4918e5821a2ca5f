"""`wenhao train`: train a model."""

from __future__ import annotations

import time

import typer

from bot.cli.common import STDOUT, start, working
from bot.models import is_current, newest_model, train_model


def train(
    if_needed: bool = typer.Option(False, "--if-needed", help="Only where there is no model that fits the data."),
) -> None:
    """Train a model from the questions in data/nlu. Earlier models stay."""
    settings = start()
    model = newest_model(settings)
    if if_needed and model is not None and is_current(model, settings):
        STDOUT.print(f"{model.file.name} fits the training data; nothing to train.")
        return
    began = time.monotonic()
    with working("Training a model, which takes one to two minutes ..."):
        model = train_model(settings)
    STDOUT.print(f"Trained {model.file.name} in {time.monotonic() - began:.0f} s.")
