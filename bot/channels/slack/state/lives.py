"""How long things are kept, in seconds."""

from __future__ import annotations

HOUR = 60 * 60.0
DAY = 24 * HOUR
WEEK = 7 * DAY
MONTH = 30 * DAY
YEARS = 10 * 365 * DAY
