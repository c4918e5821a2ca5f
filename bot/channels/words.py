"""The few sentences that channels say on their own, from words.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

WORDS = Path(__file__).with_name("words.yml")


def say(key: str, language: str, **values: str) -> str:
    """Returns a sentence, as in `say("wechat.greeting", "zh")`, with the values in the places that it names."""
    channel, _, name = key.partition(".")
    return _read_words()[channel][name][language].format(**values)


@lru_cache(maxsize=1)
def _read_words() -> dict[str, dict[str, dict[str, str]]]:
    words: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return words
