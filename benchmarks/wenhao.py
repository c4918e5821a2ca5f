"""Wenhao as a system to measure: a copy of the project, with all its training questions or a sample of them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Optional

from benchmarks.sample import to_nlu_file
from benchmarks.system import LOOPBACK, Command, System
from bot.evaluation.training_data import Example, read_examples

COPIED = (
    "actions",
    "bot",
    "config.yml",
    "credentials.yml",
    "data",
    "domain",
    "endpoints.yml",
)
NLU = Path("data", "nlu")
ASK = Command(("-m", "bot", "ask", "--jsonl"))


def wenhao(project: Path, folder: Path, name: str, sample: Optional[Sequence[Example]] = None) -> System:
    """Returns the system, with the project copied into a new folder."""
    folder.mkdir(parents=True)
    for part in COPIED:
        source = project / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / part)
    if sample is not None:
        _reduce(folder / NLU, sample)
    questions = len(read_examples(folder / NLU))
    return System(name, folder, questions, Command(("-m", "bot", "train")), _servers)


def _reduce(nlu: Path, sample: Sequence[Example]) -> None:
    """Leaves the sample in place of the questions. Files without questions (the glossary) stay."""
    for file in {example.file.name for example in read_examples(nlu)}:
        (nlu / file).unlink()
    (nlu / "sample.yml").write_text(to_nlu_file(sample), encoding="utf-8")


def _servers(port: int) -> Sequence[Command]:
    return (Command(("-m", "bot", "serve", "--host", LOOPBACK, "--port", str(port))),)
