"""The way of an installation: to Slack with a state, back with a code, and the code for a token.

https://docs.slack.dev/authentication/installing-with-oauth/
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import urlencode

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.installing.errors import InstallationError
from bot.channels.slack.installing.installations import SECONDS_TO_ANSWER, Installations
from bot.channels.slack.installing.oauth_settings import OauthSettings
from bot.channels.slack.installing.scopes import bot_scopes
from bot.channels.slack.installing.states import States
from bot.state import StoreError

logger = logging.getLogger(__name__)

UNANSWERED = (SlackClientError, ClientError, asyncio.TimeoutError, OSError)


@dataclass(frozen=True)
class Outcome:
    """How an installation ended: the page to show, and its status, link and workspace."""

    page: str
    status: int
    link: str
    team: str = ""


class Installer:
    """Takes people to Slack's page and back."""

    def __init__(self, oauth: OauthSettings, installations: Installations, states: States) -> None:
        self._oauth = oauth
        self._installations = installations
        self._states = states

    async def begin(self, browser: str) -> str:
        """Returns the address of Slack's page on which a person allows the app. Raises StoreError."""
        asked = {
            "client_id": self._oauth.client_id,
            "scope": ",".join(bot_scopes()),
            "redirect_uri": self._oauth.redirect_url,
            "state": await self._states.new(browser),
        }
        return f"{self._oauth.authorize_url}?{urlencode(asked)}"

    async def finish(self, query: Mapping[str, str], browser: str) -> Outcome:
        """Takes what Slack sent the browser back with, and keeps the installation where all is well."""
        again = self._oauth.install_url
        try:
            if not await self._states.use(query.get("state", ""), browser):
                return Outcome("expired", 400, again)
            if query.get("error"):
                return Outcome("cancelled", 200, again)
            installation = await self._exchange(query.get("code", ""))
            await self._installations.save(installation)
        except UNANSWERED as error:
            logger.error("A Slack installation failed: %s", _cause(error))
            return Outcome("failed", 502, again)
        except (InstallationError, StoreError) as error:
            logger.error("A Slack installation failed: %s", error)
            return Outcome("failed", 503, again)
        logger.info("Installed in the Slack workspace %s", installation.team_id)
        return Outcome("installed", 200, _open_link(installation), installation.team_name or "")

    async def _exchange(self, code: str) -> Installation:
        client = AsyncWebClient(base_url=self._oauth.api_base_url, timeout=SECONDS_TO_ANSWER)
        given = await client.oauth_v2_access(
            client_id=self._oauth.client_id,
            client_secret=str(self._oauth.client_secret),
            code=code,
            redirect_uri=self._oauth.redirect_url,
        )
        # Which bot it is, so that no event has to ask for it.
        told = await client.auth_test(token=given["access_token"])
        team: Mapping[str, Any] = given.get("team") or {}
        enterprise: Mapping[str, Any] = given.get("enterprise") or {}
        return Installation(
            app_id=given.get("app_id"),
            enterprise_id=enterprise.get("id"),
            enterprise_name=enterprise.get("name"),
            team_id=team.get("id"),
            team_name=team.get("name"),
            bot_token=given["access_token"],
            bot_id=told.get("bot_id"),
            bot_user_id=given.get("bot_user_id"),
            bot_scopes=given.get("scope") or "",
            bot_refresh_token=given.get("refresh_token"),
            bot_token_expires_in=given.get("expires_in"),
            user_id=(given.get("authed_user") or {}).get("id") or "",
            is_enterprise_install=given.get("is_enterprise_install"),
            token_type=given.get("token_type"),
        )


def _open_link(installation: Installation) -> str:
    app = {"app": installation.app_id or "", "team": installation.team_id or ""}
    return f"https://slack.com/app_redirect?{urlencode(app)}"


def _cause(error: BaseException) -> Optional[str]:
    # The whole answer of Slack might hold a token.
    response = getattr(error, "response", None)
    return response.get("error") if response is not None else type(error).__name__
