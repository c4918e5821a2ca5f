"""What can go wrong in collecting."""

from __future__ import annotations

from bot.errors import WenhaoError


class TrackerStoreError(WenhaoError):
    """The conversations can't be read."""


class PullError(WenhaoError):
    """Collecting can't go on."""


class CorruptRowError(Exception):
    """A row of the tracker store is no event. The message says why, without a word of what the row holds."""
