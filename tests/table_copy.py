"""A copy of the rule table to change: each change names the text it replaces, so that it can't miss."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

RULE_TABLE = Path(__file__).parents[1] / "data" / "rule_table"


@dataclass(frozen=True)
class TableCopy:
    """The folder of a copied rule table."""

    folder: Path

    @classmethod
    def into(cls, folder: Path) -> TableCopy:
        """Copies the project's rule table into a new folder below the given one."""
        return cls(Path(shutil.copytree(RULE_TABLE, folder / "rule_table")))

    def file(self, name: str) -> Path:
        """Returns a file of the copy: `pay` stands for `pay.yml`."""
        return self.folder / f"{name}.yml"

    def replace(self, name: str, old: str, new: str) -> None:
        """Replaces a text that stands in a file exactly once."""
        text = self.file(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}.yml"
        self.file(name).write_text(text.replace(old, new), encoding="utf-8")

    def append(self, name: str, text: str) -> None:
        """Adds a text at the end of a file."""
        with self.file(name).open("a", encoding="utf-8") as file:
            file.write(text)

    def line_of(self, name: str, text: str, after: str = "") -> int:
        """Returns the first line (from 1) that holds a text, from the line on that holds `after`."""
        lines = self.file(name).read_text(encoding="utf-8").splitlines()
        first = next(number for number, line in enumerate(lines) if after in line)
        return next(number for number, line in enumerate(lines[first:], start=first + 1) if text in line)
