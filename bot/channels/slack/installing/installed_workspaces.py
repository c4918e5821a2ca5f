"""The workspaces that the app was installed in by OAuth, each with a client of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from slack_sdk.oauth.installation_store import Bot
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.installing.errors import NotInstalledError
from bot.channels.slack.installing.installations import Installations


class InstalledWorkspaces:
    """Hands out clients with the tokens in the database. Raises NotInstalledError, InstallationError, StoreError."""

    def __init__(self, installations: Installations, make_client: Callable[[str], AsyncWebClient]) -> None:
        self._installations = installations
        self._make_client = make_client

    async def client(self, team: str, enterprise: Optional[str] = None) -> AsyncWebClient:
        """Returns the client of a workspace, with a token that is fresh."""
        return self._make_client(str((await self._bot(team, enterprise)).bot_token))

    async def bot_user(self, team: str, enterprise: Optional[str] = None) -> Optional[str]:
        """Returns the id under which Wenhao itself writes there."""
        return (await self._bot(team, enterprise)).bot_user_id

    async def _bot(self, team: str, enterprise: Optional[str]) -> Bot:
        bot = await self._installations.find(team, enterprise)
        if bot is None:
            raise NotInstalledError(f"The app is not installed in the Slack workspace {team}.")
        return bot
