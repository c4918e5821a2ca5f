"""From which probability on each model answers rather than asks back, as it was tuned when it was promoted.

The file is written by `wenhao promote` and read again when it has changed. A model that it does not name has the
threshold of consult/weights.yml.

    <id of a model>:
      en: 0.14
      zh: 0.11
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Mapping, Optional

import yaml

logger = logging.getLogger(__name__)

Thresholds = Mapping[str, Mapping[str, float]]


class WatchedThresholds:
    """Gives the thresholds as they stand on disk. A file with a fault is reported once; the last good ones stay."""

    def __init__(self, file: Optional[Path]) -> None:
        self._file = file
        self._stamp: Optional[tuple[int, int, int]] = None
        self._found: Thresholds = {}

    def of(self, model: str, language: str) -> Optional[float]:
        """Returns the threshold of a model for a language, or None where it has none of its own."""
        stamp = self._read_stamp()
        if stamp != self._stamp:
            self._stamp = stamp
            self._reload()
        return self._found.get(model, {}).get(language)

    def _reload(self) -> None:
        if self._stamp is None or self._file is None:
            self._found = {}
            return
        try:
            self._found = read_thresholds(self._file)
        except (OSError, ValueError, yaml.YAMLError) as error:
            logger.error("%s can't be used, the last good thresholds stay: %s", self._file, error)

    def _read_stamp(self) -> Optional[tuple[int, int, int]]:
        try:
            found = self._file.stat() if self._file else None
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_size, found.st_ino) if found else None


def read_thresholds(file: Path) -> Thresholds:
    """Returns the thresholds of a file. Raises OSError, ValueError or yaml.YAMLError where it can't be used."""
    return _checked(yaml.safe_load(file.read_text(encoding="utf-8")) or {})


def _checked(content: Any) -> Thresholds:
    """Raises ValueError where the content is no thresholds by model and language."""
    if not isinstance(content, dict) or not all(isinstance(by_language, dict) for by_language in content.values()):
        raise ValueError("expected thresholds by model and language")
    for by_language in content.values():
        for value in by_language.values():
            if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value < 1:
                raise ValueError(f"{value!r} is no probability from 0 to 1")
    return content
