"""`wenhao slack send`: plays Slack's part against a running Wenhao."""

from __future__ import annotations

import asyncio
from typing import Optional
from urllib.parse import urlsplit

import typer

from bot.cli.common import start
from bot.cli.serve import DEFAULT_PORT
from bot.errors import SettingsError

API_PORT = 5090


def send(
    text: Optional[str] = typer.Argument(
        None, help="What to say. Without it: a direct message for each line of input."
    ),
    mention: bool = typer.Option(False, "--mention", help="Mention Wenhao in a channel."),
    dm: bool = typer.Option(False, "--dm", help="Write a direct message; so it is without any of these."),
    thread: Optional[str] = typer.Option(None, metavar="TS", help="Write in the thread of the message with this ts."),
    slash: bool = typer.Option(False, "--slash", help="Use the command /wenhao."),
    shortcut: bool = typer.Option(
        False, "--shortcut", help='Choose "Ask Wenhao about this" on a colleague\'s message.'
    ),
    home: bool = typer.Option(False, "--home", help="Open the home tab."),
    press: Optional[str] = typer.Option(
        None, metavar="BUTTON", help="Then press this button of the answer: its number or its label."
    ),
    retry: int = typer.Option(
        0, min=0, max=10, help="Deliver so many times more, as Slack does when it hears nothing."
    ),
    socket: bool = typer.Option(False, "--socket", help="Deliver over the bot's websocket (Socket Mode)."),
    user: str = typer.Option("U1", help="Who speaks: U1 reads English, U2 Chinese."),
    channel: Optional[str] = typer.Option(None, help="Where. Default: C1, or the direct message with the user."),
    team: str = typer.Option("T1", help="In which workspace."),
    url: str = typer.Option(f"http://127.0.0.1:{DEFAULT_PORT}", help="Where Wenhao runs."),
    api_port: Optional[int] = typer.Option(
        None, min=1, max=65535, help=f"The stand-in's port. Default: that of SLACK_API_BASE_URL, else {API_PORT}."
    ),
    wait: float = typer.Option(10.0, min=0.1, help="How many seconds to wait for an answer."),
    brief: bool = typer.Option(False, "--brief", help="Leave the blocks' JSON out."),
) -> None:
    """Play Slack against a running Wenhao: signed requests in, and a stand-in of Slack's Web API for the answers.

    Start Wenhao with SLACK_API_BASE_URL=http://127.0.0.1:5090/api/ and the same SLACK_SIGNING_SECRET as here.
    """
    settings = start()
    from bot.channels.slack.rehearsal.play import Part, perform
    from bot.cli.slack_given import slack_given, slack_setting

    chosen = [
        name for name, is_set in (("mention", mention), ("dm", dm), ("slash", slash), ("shortcut", shortcut)) if is_set
    ]
    chosen += ["home"] if home else []
    if len(chosen) > 1:
        raise SettingsError(f"choose one of --{' and --'.join(chosen)}")
    if text is None and (press or retry or (chosen and chosen != ["dm"] and not home)):
        raise SettingsError('say something: wenhao slack send "How much does verification cost?" ...')
    given = slack_given(slack_setting(settings))
    part = Part(
        kind=chosen[0] if chosen else "thread" if thread else "dm",
        text=text,
        thread=thread,
        press=press,
        retries=retry,
        user=user,
        channel=channel,
        team=team,
    )
    _check(given, socket)
    port = api_port or _port_of(given.get("api_base_url")) or API_PORT
    address = url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/webhooks/slack/webhook"
    if not asyncio.run(perform(part, given, None if socket else address, port, wait, with_blocks=not brief)):
        raise typer.Exit(1)


def _check(given: dict[str, str], socket: bool) -> None:
    second = ("app_token", "SLACK_APP_TOKEN") if socket else ("signing_secret", "SLACK_SIGNING_SECRET")
    needed = dict([("bot_token", "SLACK_BOT_TOKEN"), second])
    missing = [variable for name, variable in needed.items() if not given.get(name)]
    if missing:
        raise SettingsError(
            f"set {' and '.join(missing)} to the value that Wenhao was started with; for a rehearsal any value will do"
        )


def _port_of(api_base_url: Optional[str]) -> Optional[int]:
    parts = urlsplit(api_base_url or "")
    return parts.port if parts.hostname in ("127.0.0.1", "localhost") else None
