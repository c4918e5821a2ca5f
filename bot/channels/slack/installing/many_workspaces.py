"""Everything that an app needs which is installed in many workspaces, for the Slack channel to plug in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Optional

from sanic import Blueprint
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.installing.installations import Installations, open_installations
from bot.channels.slack.installing.installed_workspaces import InstalledWorkspaces
from bot.channels.slack.installing.installer import Installer
from bot.channels.slack.installing.oauth_settings import OauthSettings
from bot.channels.slack.installing.routes import add_install_routes
from bot.channels.slack.installing.states import States
from bot.channels.slack.installing.uninstalling import forget_when_uninstalled
from bot.settings import Settings
from bot.state import Store


@dataclass(frozen=True)
class ManyWorkspaces:
    """The installations, and the way to a new one.

    `workspaces(make_client)` hands out the clients; `listen(app)` and `add_routes(blueprint)` are called once.
    """

    installations: Installations
    installer: Installer

    def workspaces(self, make_client: Callable[[str], AsyncWebClient]) -> InstalledWorkspaces:
        """Returns the workspaces, with clients made from their tokens."""
        return InstalledWorkspaces(self.installations, make_client)

    def add_routes(self, routes: Blueprint) -> None:
        """Adds `/install` and `/oauth_redirect` to the channel's routes."""
        add_install_routes(routes, self.installer)

    def listen(self, app: AsyncApp) -> None:
        """Forgets workspaces that uninstall the app."""
        forget_when_uninstalled(app, self.installations)


def open_many_workspaces(
    given: Mapping[str, str], settings: Settings, store: Store, api_base_url: str
) -> Optional[ManyWorkspaces]:
    """Returns what credentials.yml asks for; None where the app has one workspace and its token.

    Raises SettingsError where a setting is missing or wrong, StoreError where the database can't be used.
    """
    oauth = OauthSettings.read(given, settings.public_url, api_base_url)
    if oauth is None:
        return None
    installations = open_installations(oauth, settings, store)
    return ManyWorkspaces(installations, Installer(oauth, installations, States(store)))
