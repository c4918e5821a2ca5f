"""Objects read from a file of JSON lines. What is wrong with one is told with its file and line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

from bot.errors import WenhaoError


@dataclass(frozen=True)
class Line:
    """One object and where it stands; `part` names the piece of it that is read, such as a turn."""

    file: Path
    number: int
    content: Mapping[str, Any]
    part: str = ""

    @property
    def place(self) -> str:
        """The file with its folder, and the line."""
        return f"{Path(self.file.parent.name) / self.file.name}:{self.number}"

    def error(self, message: str) -> WenhaoError:
        """Returns the error that says what is wrong here."""
        return WenhaoError(f"{self.file}:{self.number}: {self.part}{message}")

    def text(self, key: str, default: Optional[str] = None) -> str:
        """Returns a text. Raises WenhaoError where there is none and no default."""
        found = self._value(key, default)
        if not isinstance(found, str) or not (found.strip() or default is not None):
            raise self.error(f'"{key}" must be a text: write "{key}": "..."')
        return found

    def texts(self, key: str, default: Optional[Sequence[str]] = None) -> tuple[str, ...]:
        """Returns a list of texts. Raises WenhaoError where there is none and no default."""
        found = self._value(key, default)
        if not isinstance(found, (list, tuple)) or not all(isinstance(each, str) for each in found):
            raise self.error(f'"{key}" must be a list of texts: write "{key}": ["..."], or [] for none')
        return tuple(found)

    def parts(self, key: str, name: str) -> list[Line]:
        """Returns the objects of a list, one by one. Raises WenhaoError where it is no list of objects, or empty."""
        found = self._value(key, None)
        if not isinstance(found, list) or not found or not all(isinstance(each, dict) for each in found):
            raise self.error(f'"{key}" must be a list of objects, at least one')
        return [Line(self.file, self.number, each, f"{name} {number}: ") for number, each in enumerate(found, start=1)]

    def _value(self, key: str, default: Optional[Any]) -> Any:
        if key in self.content:
            return self.content[key]
        if default is None:
            raise self.error(f'"{key}" is missing: add it')
        return default


def read_json_lines(file: Path) -> list[Line]:
    """Reads every line that is not blank. Raises WenhaoError where the file or a line can't be read."""
    return [parse_line(file, number, line) for number, line in numbered_lines(file)]


def numbered_lines(file: Path) -> list[tuple[int, str]]:
    """Returns the lines that are not blank, with their numbers. Raises WenhaoError where the file can't be read."""
    # A JSON text may hold the other characters at which `splitlines` would part it.
    lines = enumerate(_read(file).split("\n"), start=1)
    return [(number, line) for number, line in lines if line.strip()]


def _read(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise WenhaoError(f"{file} is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    except OSError as error:
        raise WenhaoError(f"{file} can't be read ({error.strerror}): name a file of JSON lines") from error
    return text


def parse_line(file: Path, number: int, line: str) -> Line:
    """Reads one line. Raises WenhaoError where it is no JSON object."""
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise WenhaoError(f"{file}:{number}: is no JSON ({error}): write one object on the line") from error
    if not isinstance(content, dict):
        raise WenhaoError(f"{file}:{number}: must be a JSON object: write {{...}} on one line")
    return Line(file, number, content)
