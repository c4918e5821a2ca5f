"""What can go wrong with an installation."""

from __future__ import annotations

from bot.errors import WenhaoError


class InstallationError(WenhaoError):
    """An installation can't be read: none of the keys fits."""


class NotInstalledError(Exception):
    """Wenhao is not (or no longer) installed in a workspace."""
