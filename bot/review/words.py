"""The words of the pages, in both languages."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Mapping, Optional

import yaml

LANGUAGES = ("en", "zh")


@lru_cache(maxsize=1)
def all_words() -> dict[str, dict[str, str]]:
    """Returns every wording by its name and its language."""
    text = files("bot").joinpath("review").joinpath("words.yml").read_text(encoding="utf-8")
    content: dict[str, dict[str, str]] = yaml.safe_load(text)
    return content


@lru_cache(maxsize=2)
def words_in(language: str) -> Mapping[str, str]:
    """Returns the wordings of one language by their names."""
    return {name: wording[language] for name, wording in all_words().items()}


def language_asked_for(header: str) -> str:
    """Returns the language that a browser prefers (its Accept-Language), English where it asks for neither.

    https://www.rfc-editor.org/rfc/rfc9110#name-accept-language
    """
    wanted = sorted(filter(None, map(_preference, header.split(","))), reverse=True)
    return wanted[0][1] if wanted else "en"


def _preference(part: str) -> Optional[tuple[float, str]]:
    name, _, weight = part.partition(";")
    language = name.strip().lower().split("-")[0]
    try:
        quality = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
    except ValueError:
        return None
    return (quality, language) if language in LANGUAGES and quality > 0 else None
