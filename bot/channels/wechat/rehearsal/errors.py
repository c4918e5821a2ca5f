"""What can go wrong in a rehearsal."""

from __future__ import annotations

from bot.errors import WenhaoError


class RehearsalError(WenhaoError):
    """The rehearsal can't be held as it was asked for."""


class UnreadableReplyError(WenhaoError):
    """WeChat could not read such a reply; the follower would be told that the account is out of order."""
