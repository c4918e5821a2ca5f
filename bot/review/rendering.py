"""Pages from templates: every text is escaped."""

from __future__ import annotations

import re
import time
from datetime import datetime
from functools import lru_cache
from typing import Any, Mapping
from urllib.parse import urlencode

import jinja2

from bot.review.faults import fault_in
from bot.review.words import words_in

# Longer texts are folded after so many characters.
FOLD = 280

# https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def render(template: str, language: str, context: Mapping[str, Any]) -> str:
    """Returns a page in a language."""
    shared = {"language": language, "say": words_in(language)}
    return _environment().get_template(template).render(**shared, **context)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bot.review"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(day=day, moment=moment, stamp=stamp, percent=percent, fold=fold)
    environment.globals.update(query=query, fault_in=fault_in)
    environment.tests["turned"] = turned
    return environment


def day(seconds: float) -> str:
    """Returns the day of a time, on the server's clock: 2026-11-21."""
    return time.strftime("%Y-%m-%d", time.localtime(seconds))


def moment(seconds: float) -> str:
    """Returns day and minute of a time, on the server's clock."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


def stamp(noted: str) -> str:
    """Returns day and minute of a time that is noted in ISO 8601, on the server's clock."""
    return moment(datetime.fromisoformat(noted).timestamp())


def percent(share: float) -> str:
    """Returns a share from 0 to 1 as it is read: 87%."""
    return f"{share:.0%}"


def fold(text: str) -> tuple[str, str]:
    """Returns the beginning of a text that is shown at once, and the rest, which may be empty."""
    return (text, "") if len(text) <= FOLD + 40 else (text[:FOLD], text[FOLD:])


def turned(text: str) -> bool:
    """Says whether a text has marks that change the direction of what is shown: it may read otherwise than it is."""
    return _TURNING.search(text) is not None


def query(asked: Mapping[str, Any], **changes: Any) -> str:
    """Returns a query string of these parameters with some changed; empty ones are left out."""
    merged = {name: value for name, value in {**asked, **changes}.items() if value not in (None, "", 0)}
    return "?" + urlencode(merged)
