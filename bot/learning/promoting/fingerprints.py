"""Hashes of what a comparison rests on, so that a change of any of it is seen."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Iterable

from actions.settings import ActionSettings
from bot.settings import PROJECT, Settings

# The code that makes answers, and that asks for them.
CODE = ("actions", "bot/nlu", "bot/assistant.py", "bot/endpoints.py", "bot/evaluation", "bot/learning/promoting")


def table_hash() -> str:
    """Returns a hash of the rule table that the actions read, and of the time as of which they answer."""
    settings = ActionSettings.read()
    return f"{_hash(settings.rule_table, settings.rule_table.glob('*.yml'))}-{settings.as_of}"


def code_hash() -> str:
    """Returns a hash of the code that makes answers."""
    files = [file for name in CODE for file in _files(PROJECT / name)]
    return _hash(PROJECT, files)


def data_hash(settings: Settings) -> str:
    """Returns a hash of what a model is trained from."""
    from bot.models import fingerprint

    return fingerprint(settings.project)


def _files(path: Path) -> Iterable[Path]:
    if path.is_file():
        return [path]
    return [file for file in path.rglob("*") if file.suffix in (".py", ".yml")]


def _hash(folder: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(folder)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
