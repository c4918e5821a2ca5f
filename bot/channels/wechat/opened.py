"""A message as it came out of its envelope, and the way to put the reply into one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Opened:
    """The message's fields. `seal` turns a reply's XML into what is sent at a time (in seconds)."""

    fields: Mapping[str, str]
    seal: Callable[[str, int], str]
