"""The time, as the files of promoting write it."""

from __future__ import annotations

import datetime


def now() -> str:
    """Returns the time in UTC in ISO 8601, to the microsecond: such texts sort by time."""
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="microseconds")
