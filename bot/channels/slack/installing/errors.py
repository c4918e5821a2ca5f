"""What can go wrong with an installation."""

from __future__ import annotations

from bot.errors import WenhaoError


class InstallationError(WenhaoError):
    """An installation can't be kept or read."""
