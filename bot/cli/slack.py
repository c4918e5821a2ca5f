"""`wenhao slack`: make the app, install it, rehearse it."""

from __future__ import annotations

import json
from enum import Enum
from typing import Optional

import typer
import yaml

from bot.cli.common import start
from bot.cli.slack_send import send

slack = typer.Typer(help="Slack: the app's manifest, a key for its tokens, and rehearsals without Slack.")
slack.command()(send)


class Language(str, Enum):
    """The languages of the manifest."""

    en = "en"
    zh = "zh"


@slack.command()
def manifest(
    url: Optional[str] = typer.Option(
        None, help="Where Slack reaches this server: https://your.host. Default: PUBLIC_URL."
    ),
    socket: bool = typer.Option(
        False, "--socket", help="Socket Mode: the bot connects to Slack, which needs no address."
    ),
    many: bool = typer.Option(False, "--many", help="To be installed in many workspaces by OAuth."),
    rotation: bool = typer.Option(False, "--rotation", help="Tokens that expire and are renewed; with --many."),
    language: Language = typer.Option(Language.en, help="The language of the app's descriptions."),
    as_json: bool = typer.Option(False, "--json", help="JSON instead of YAML."),
) -> None:
    """Write the app manifest, from which Slack makes the app at https://api.slack.com/apps."""
    settings = start()
    from bot.channels.slack.installing.manifest import ManifestOptions, make_manifest

    address = (url or settings.public_url).rstrip("/") or None
    made = make_manifest(ManifestOptions(address, socket, many, rotation, language.value))
    if as_json:
        print(json.dumps(made, ensure_ascii=False, indent=2))
    else:
        print(yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=100), end="")


@slack.command()
def key() -> None:
    """Make a key for SLACK_ENCRYPTION_KEY, which keeps the workspaces' tokens secret in the database."""
    from cryptography.fernet import Fernet

    print(Fernet.generate_key().decode())
