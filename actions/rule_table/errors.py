"""What can be wrong with a rule table.

RuleTableError
  holds every Fault found, in the order of files and lines
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Sequence


@dataclass(frozen=True, order=True)
class Fault:
    """One mistake, where it stands and what to do."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{_from_here(self.file)}:{self.line}: {self.message}"


def _from_here(file: Path) -> Path:
    """Returns a file's path from the working folder, where it lies below it."""
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


class RuleTableError(Exception):
    """The rule table can't be used as it is written. `faults` says why, each with file and line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))
