"""Questions with the facts that a right answer draws on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from bot.errors import WenhaoError

# A right answer may draw on this many facts besides the expected ones.
MOST_MORE = 3


@dataclass(frozen=True)
class Case:
    """One question. `facts` is empty for a message that must draw on none."""

    text: str
    language: str
    style: str
    facts: tuple[str, ...]

    def judge(self, drawn_on: Sequence[str]) -> bool:
        """Whether an answer that drew on these facts is right."""
        if not self.facts:
            return not drawn_on
        return set(self.facts) <= set(drawn_on) and len(set(drawn_on) - set(self.facts)) <= MOST_MORE


def read_cases(file: Path) -> list[Case]:
    """Reads JSON lines. Raises WenhaoError with file and line where one is no case."""
    return [
        _case(file, number, line)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip()
    ]


def _case(file: Path, number: int, line: str) -> Case:
    try:
        content = json.loads(line)
        return Case(content["text"], content["language"], content.get("style", ""), tuple(content["facts"]))
    except (ValueError, KeyError, TypeError) as error:
        raise WenhaoError(f"{file}:{number}: expected text, language, style and facts as JSON ({error})") from error
