"""Tells bolt who we are in the workspace that a request comes from.

https://docs.slack.dev/tools/bolt-python/concepts/authorization/
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Optional

from slack_bolt.authorization import AuthorizeResult

from bot.channels.slack.installing.installations import Installations

Authorize = Callable[[Optional[str], Optional[str]], Awaitable[Optional[AuthorizeResult]]]


def make_authorize(installations: Installations) -> Authorize:
    """Returns what AsyncApp takes as `authorize`: a plain function, since bolt fills its arguments by their names."""

    async def authorize(enterprise_id: Optional[str], team_id: Optional[str]) -> Optional[AuthorizeResult]:
        """Returns None where the app is not installed."""
        bot = await installations.find(team_id, enterprise_id)
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=bot.bot_user_id,
            bot_id=bot.bot_id,
            bot_token=bot.bot_token,
            bot_scopes=bot.bot_scopes,
        )

    return authorize
