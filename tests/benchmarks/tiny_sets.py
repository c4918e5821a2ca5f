"""The public sets in small: every file of every set, with two intents and a few questions each."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from benchmarks.public_sets import SPECS, Labelled

QUESTIONS: Sequence[Labelled] = (
    ("how much is the fee", "fee"),
    ("what is the fee, please?", "fee"),
    ("the fee is how much", "fee"),
    ("where is my card", "card"),
    ("my card has not come", "card"),
    ("when does my card come", "card"),
)
OUT: Sequence[Labelled] = (("tell me a joke", "oos"), ("who won the match", "oos"))


def write_sets(folder: Path) -> Path:
    """Writes the files, and returns the folder."""
    for spec in SPECS:
        for file in spec.files:
            write_questions(folder / file, OUT if file.name.startswith("oos") else QUESTIONS)
    return folder


def write_questions(file: Path, questions: Sequence[Labelled]) -> None:
    """Writes one file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([("text", "intent"), *questions])
