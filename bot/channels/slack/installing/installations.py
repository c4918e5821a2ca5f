"""In which workspaces the app is installed, and the token for each."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Optional

from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.slack.installing.installation_tables import InstallationTables
from bot.channels.slack.installing.oauth_settings import OauthSettings
from bot.channels.slack.installing.token_cipher import TokenCipher
from bot.settings import Settings
from bot.sqlite import prepare_sqlite
from bot.state import Store, StoreError

logger = logging.getLogger(__name__)

FILE = "slack_installations.db"
MINUTES_BEFORE_EXPIRATION = 120
SECONDS_TO_REFRESH = 30.0
SECONDS_TO_ANSWER = 10


class Installations:
    """The installations in the database, read and written in threads beside the event loop.

    Every method raises StoreError where the database can't be used, InstallationError where none of the keys fits.
    """

    def __init__(self, tables: InstallationTables, store: Store, rotator: AsyncTokenRotator) -> None:
        self._tables = tables
        self._store = store
        self._rotator = rotator

    async def save(self, installation: Installation) -> None:
        """Keeps an installation in the place of an earlier one."""
        await _reached(self._tables.save, installation)

    async def forget(self, team: Optional[str], enterprise: Optional[str], at: float) -> bool:
        """Removes a workspace's tokens: at that time the app was uninstalled there, or the tokens were revoked.

        Says whether it did: not where the app was installed again since, for Slack may tell late.
        """
        since = await _reached(self._tables.installed_since, enterprise, team)
        if since is not None and since > at + 1:
            return False
        for remove in (self._tables.delete_bot, self._tables.delete_installation):
            await _reached(remove, enterprise_id=enterprise, team_id=team)
        return True

    async def find(self, team: Optional[str], enterprise: Optional[str]) -> Optional[Bot]:
        """Returns the bot of a workspace, its token fresh; None where the app is not installed there."""
        bot: Optional[Bot] = await _reached(self._tables.find_bot, enterprise_id=enterprise, team_id=team)
        if bot is None and enterprise:
            # Installed in a whole organisation.
            bot = await _reached(self._tables.find_bot, enterprise_id=enterprise, team_id=None)
        return bot if bot is None else await self._refreshed(bot)

    async def token(self, team: Optional[str], enterprise: Optional[str] = None) -> Optional[str]:
        """Returns the bot token of a workspace; None where the app is not installed there."""
        bot = await self.find(team, enterprise)
        return None if bot is None else bot.bot_token

    async def _refreshed(self, bot: Bot) -> Bot:
        """Returns a bot with a token that lives on, where Slack lets tokens expire.

        https://docs.slack.dev/authentication/using-token-rotation/
        """
        soon = time.time() + MINUTES_BEFORE_EXPIRATION * 60
        if bot.bot_token_expires_at is None or bot.bot_token_expires_at > soon:
            return bot
        # A refresh token is good once: of several processes one uses it, and the others go on with what they have.
        key = f"slack:refresh:{bot.enterprise_id}:{bot.team_id}"
        if not await self._store.add(key, "taken", SECONDS_TO_REFRESH):
            return bot
        try:
            known = await _reached(self._tables.find_bot, enterprise_id=bot.enterprise_id, team_id=bot.team_id) or bot
            fresh = await self._rotator.perform_bot_token_rotation(
                bot=known, minutes_before_expiration=MINUTES_BEFORE_EXPIRATION
            )
            if fresh is None:
                return known
            await _reached(self._tables.save_bot, fresh)
            return fresh
        except SlackTokenRotationError as error:
            says = error.api_error.response.get("error")
            logger.error("Slack gives no new token for the workspace %s: %s", bot.team_id, says)
            return bot
        finally:
            await self._store.remove(key)


def open_installations(oauth: OauthSettings, settings: Settings, store: Store) -> Installations:
    """Opens the installations: in DATABASE_URL, else in a file beside the state's. Raises StoreError."""
    prepare_sqlite()
    tables = open_tables(oauth, settings)
    unreadable = tables.renew_encryption()
    if unreadable:
        logger.error("%d rows of Slack installations can't be read with the keys in SLACK_ENCRYPTION_KEY", unreadable)
    client = AsyncWebClient(base_url=oauth.api_base_url, timeout=SECONDS_TO_ANSWER)
    rotator = AsyncTokenRotator(client_id=oauth.client_id, client_secret=str(oauth.client_secret), client=client)
    return Installations(tables, store, rotator)


def open_tables(oauth: OauthSettings, settings: Settings) -> InstallationTables:
    """Opens the tables, made where they are not there yet. Raises StoreError."""
    try:
        tables = InstallationTables(oauth.client_id, _engine(settings), TokenCipher(oauth.keys))
        tables.create_tables()
    except (SQLAlchemyError, OSError, ImportError) as error:
        raise _unusable(error) from None
    return tables


def _engine(settings: Settings) -> Engine:
    if settings.database_url:
        return create_engine(str(settings.database_url), pool_pre_ping=True)
    file = settings.state_file.with_name(FILE)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    return create_engine(f"sqlite:///{file}")


async def _reached(work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    try:
        return await asyncio.to_thread(partial(work, *arguments, **named))
    except SQLAlchemyError as error:
        raise _unusable(error) from None


def _unusable(error: Exception) -> StoreError:
    # The database's own errors may quote the address, and with it the password, or the row.
    return StoreError(f"the Slack installations' database can't be used ({type(error).__name__})")
