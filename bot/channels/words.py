"""What channels say on their own: each channel's words.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


def say(key: str, language: str, **values: str) -> str:
    """Returns a sentence, as in `say("wechat.greeting", "zh")`, with its `{names}` filled in."""
    text: str = _found(key)[language]
    return text.format(**values) if values else text


def say_all(key: str, language: str) -> list[str]:
    """Returns a list of sentences."""
    sentences: list[str] = _found(key)[language]
    return list(sentences)


def say_options(key: str, language: str) -> dict[str, str]:
    """Returns what to choose from: a label by value."""
    options: dict[str, str] = _found(key)[language]
    return dict(options)


def _found(key: str) -> Any:
    found: Any = _read_words()
    for name in key.split("."):
        found = found[name]
    return found


@lru_cache(maxsize=1)
def _read_words() -> dict[str, Any]:
    files = FOLDER.glob("*/words.yml")
    return {file.parent.name: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}
