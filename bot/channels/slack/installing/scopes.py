"""The scopes and events of the app, each with its reason, from scopes.yml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml

FILE = Path(__file__).with_name("scopes.yml")
REFERENCE = "https://docs.slack.dev/reference"


@dataclass(frozen=True)
class Scope:
    """What the app may do."""

    name: str
    reason: str

    @property
    def url(self) -> str:
        """Slack's own page about it."""
        return f"{REFERENCE}/scopes/{self.name.replace(':', '.')}"


@dataclass(frozen=True)
class Event:
    """What the app is told, and the scope without which it is not."""

    name: str
    reason: str
    needs: Optional[str]

    @property
    def url(self) -> str:
        """Slack's own page about it."""
        return f"{REFERENCE}/events/{self.name}"


def scopes() -> tuple[Scope, ...]:
    """Returns the bot scopes."""
    return tuple(Scope(name, reason) for name, reason in _read()["scopes"].items())


def events() -> tuple[Event, ...]:
    """Returns the bot events."""
    return tuple(Event(name, told["reason"], told.get("needs")) for name, told in _read()["events"].items())


def bot_scopes() -> tuple[str, ...]:
    """Returns the names of the bot scopes."""
    return tuple(scope.name for scope in scopes())


def bot_events() -> tuple[str, ...]:
    """Returns the names of the bot events."""
    return tuple(event.name for event in events())


@lru_cache(maxsize=1)
def _read() -> dict[str, dict[str, Any]]:
    content: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content
