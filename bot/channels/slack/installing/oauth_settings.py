"""The settings of an app that is installed in many workspaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional
from urllib.parse import urljoin

from cryptography.fernet import Fernet

from bot.errors import SettingsError
from bot.settings import Secret

INSTALL_PATH = "/webhooks/slack/install"
REDIRECT_PATH = "/webhooks/slack/oauth_redirect"

MAKE_A_KEY = "make one with 'wenhao slack key'"
PLACES = {
    "client_secret": "SLACK_CLIENT_SECRET to the Client Secret on the page Basic Information of the app's settings",
    "encryption_key": f"SLACK_ENCRYPTION_KEY to a key that keeps the workspaces' tokens secret: {MAKE_A_KEY}",
}


@dataclass(frozen=True)
class OauthSettings:
    """Who the app is, how its tokens are kept secret, and where installers come back to.

    `keys` encrypt (the first) and decrypt (any) the tokens. `api_base_url` is Slack's, or a stand-in's.
    """

    client_id: str
    client_secret: Secret
    keys: tuple[Secret, ...]
    public_url: str
    api_base_url: str

    @classmethod
    def read(cls, given: Mapping[str, str], public_url: str, api_base_url: str) -> Optional[OauthSettings]:
        """Reads the Slack channel's part of credentials.yml; None where the app is installed in one workspace.

        Raises SettingsError where something is missing, or the key is none.
        """
        if not given.get("client_id"):
            return None
        if given.get("bot_token"):
            raise SettingsError(
                "Slack: SLACK_BOT_TOKEN is for one workspace and SLACK_CLIENT_ID for many: leave one of them unset"
            )
        for name, place in PLACES.items():
            if not given.get(name):
                raise SettingsError(f"Slack: SLACK_CLIENT_ID is set, so set {place}")
        if not public_url.startswith(("https://", "http://")):
            raise SettingsError(
                "Slack: SLACK_CLIENT_ID is set, so set PUBLIC_URL to the address of this server, such as "
                "https://your.host: Slack sends those who install the app back to it"
            )
        keys = tuple(Secret(key.strip()) for key in given["encryption_key"].split(",") if key.strip())
        check_keys(keys)
        return cls(given["client_id"], Secret(given["client_secret"]), keys, public_url.rstrip("/"), api_base_url)

    @property
    def redirect_url(self) -> str:
        """Where Slack sends the browser back to. It must stand in the app's settings, letter by letter."""
        return f"{self.public_url}{REDIRECT_PATH}"

    @property
    def install_url(self) -> str:
        """Where an installation begins."""
        return f"{self.public_url}{INSTALL_PATH}"

    @property
    def authorize_url(self) -> str:
        """Slack's page on which people allow the app: https://docs.slack.dev/authentication/installing-with-oauth/."""
        return urljoin(self.api_base_url, "/oauth/v2/authorize")


def check_keys(keys: tuple[Secret, ...]) -> None:
    """Raises SettingsError where a key is none of Fernet's, or there is no key at all."""
    for number, key in enumerate(keys, start=1):
        try:
            Fernet(key.encode())
        except ValueError:
            raise SettingsError(f"Slack: key {number} in SLACK_ENCRYPTION_KEY is none: {MAKE_A_KEY}") from None
    if not keys:
        raise SettingsError(f"Slack: SLACK_ENCRYPTION_KEY holds no key: {MAKE_A_KEY}")
