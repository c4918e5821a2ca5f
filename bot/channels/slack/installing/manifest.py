"""The app manifest, from which Slack makes the app: https://docs.slack.dev/reference/app-manifest/."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional
from urllib.parse import urlsplit

import yaml

from bot.channels.slack.installing.oauth_settings import REDIRECT_PATH
from bot.channels.slack.installing.scopes import bot_events, bot_scopes
from bot.errors import SettingsError

Json = dict[str, Any]

WORDS = Path(__file__).with_name("manifest.yml")
WEBHOOK_PATH = "/webhooks/slack/webhook"
COMMAND = "/wenhao"
ASK_ABOUT_THIS = "ask_about_this"
# Slack takes small letters, digits and -_. here.
BOT_NAME = "wenhao"
COLOUR = "#1f6f54"


@dataclass(frozen=True)
class ManifestOptions:
    """How the app is to run. `url` is where Slack reaches the server; Socket Mode in one workspace needs none."""

    url: Optional[str] = None
    socket: bool = False
    many: bool = False
    rotation: bool = False
    language: str = "en"


def make_manifest(options: ManifestOptions) -> Json:
    """Returns the manifest. Raises SettingsError where the options don't go together."""
    _check(options)
    webhook = None if options.socket else f"{options.url}{WEBHOOK_PATH}"
    scopes: Json = {"scopes": {"bot": list(bot_scopes())}}
    if options.many:
        scopes = {"redirect_urls": [f"{options.url}{REDIRECT_PATH}"], **scopes}
    return {
        "display_information": {
            "name": _say(options, "name"),
            "description": _say(options, "description"),
            "long_description": _say(options, "long_description"),
            "background_color": COLOUR,
        },
        "features": _features(options, webhook),
        "oauth_config": scopes,
        "settings": {
            "event_subscriptions": _with_url({"bot_events": list(bot_events())}, "request_url", webhook),
            "interactivity": _with_url({"is_enabled": True}, "request_url", webhook),
            "org_deploy_enabled": False,
            "socket_mode_enabled": options.socket,
            "token_rotation_enabled": options.rotation,
        },
    }


def _features(options: ManifestOptions, webhook: Optional[str]) -> Json:
    command = {
        "command": COMMAND,
        "description": _say(options, "command", "description"),
        "usage_hint": _say(options, "command", "usage_hint"),
        "should_escape": False,
    }
    shortcut = {
        "name": _say(options, "shortcut", "name"),
        "type": "message",
        "callback_id": ASK_ABOUT_THIS,
        "description": _say(options, "shortcut", "description"),
    }
    return {
        "agent_view": {"agent_description": _say(options, "agent_description")},
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": BOT_NAME, "always_online": True},
        "shortcuts": [shortcut],
        "slash_commands": [_with_url(command, "url", webhook)],
    }


def _check(options: ManifestOptions) -> None:
    if options.url is None and (options.many or not options.socket):
        raise SettingsError(
            "Slack needs the address at which it reaches this server: give --url https://your.host or set PUBLIC_URL"
            + ("" if options.many else " (or take --socket, which needs none)")
        )
    if options.url is not None:
        parts = urlsplit(options.url)
        if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
            raise SettingsError(f"{options.url} is no address that Slack can use: it begins with https://")
    if options.rotation and not options.many:
        raise SettingsError("a single token from the settings can't be renewed: --rotation goes with --many only")


def _with_url(given: Json, name: str, url: Optional[str]) -> Json:
    return given if url is None else {**given, name: url}


def _say(options: ManifestOptions, *keys: str) -> str:
    words: Any = _words()
    for key in (*keys, options.language):
        words = words[key]
    return str(words)


@lru_cache(maxsize=1)
def _words() -> Json:
    words: Json = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return words
