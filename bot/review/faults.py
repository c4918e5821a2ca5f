"""What the checks of a new intent say, in the reviewer's language."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml


def fault_in(language: str, message: str) -> str:
    """Returns what a fault says in a language: in English where there is no Chinese for it."""
    if language == "zh":
        for pattern, wording in _chinese():
            found = pattern.fullmatch(message)
            if found:
                return found.expand(wording)
    return message


@lru_cache(maxsize=1)
def _chinese() -> list[tuple[re.Pattern[str], str]]:
    text = files("bot").joinpath("review").joinpath("faults.yml").read_text(encoding="utf-8")
    return [(re.compile(pattern, re.DOTALL), wording) for pattern, wording in yaml.safe_load(text)]
