"""What models answered, kept until model, thresholds, table, code or day are others: the next comparison is quicker."""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path
from typing import Mapping, Sequence

from bot.learning.promoting.fingerprints import code_hash, table_hash
from bot.learning.promoting.scripts import Answer, Script
from bot.learning.promoting.serving import write_durably

FOLDER = "asked"
MOST_FILES = 6


class KeptAnswers:
    """The answers of one model."""

    def __init__(self, models: Path, sha256: str, thresholds: Mapping[str, float]) -> None:
        # Answers may depend on the day: rules begin and end.
        day = datetime.date.today().isoformat()
        parts = [sha256, sorted(thresholds.items()), table_hash(), code_hash(), day]
        name = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]
        self._file = models / FOLDER / f"{name}.json"
        self._answers = self._read()

    def missing(self, scripts: Sequence[Script]) -> list[Script]:
        """Returns the conversations that have no answers yet, each once."""
        return list({script.key: script for script in scripts if script.key not in self._answers}.values())

    def add(self, scripts: Sequence[Script], answers: Sequence[list[Answer]]) -> None:
        """Adds the answers to some conversations."""
        self._answers.update({script.key: found for script, found in zip(scripts, answers, strict=True)})

    def of(self, script: Script) -> list[Answer]:
        """Returns the answers to the messages of a conversation."""
        return self._answers[script.key]

    def keep(self) -> None:
        """Writes the answers, and deletes the oldest files of others."""
        write_durably(self._file, json.dumps(self._answers, ensure_ascii=False))
        files = sorted(self._file.parent.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[MOST_FILES:]:
            file.unlink(missing_ok=True)

    def _read(self) -> dict[str, list[Answer]]:
        try:
            found: dict[str, list[Answer]] = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found
