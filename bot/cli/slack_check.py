"""What `wenhao doctor` says of Slack: whether the tokens are good, and the installations readable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Optional

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.cli.slack_given import API_BASE_URL, slack_given, slack_setting
from bot.settings import Settings

SECONDS = 5

NEW_TOKEN = "install the app again and copy the new token"  # noqa: S105
OF_ERROR = {
    "invalid_auth": "Slack does not know it: copy it again from the app's settings",
    "not_authed": "Slack does not know it: copy it again from the app's settings",
    "token_revoked": f"it was revoked: {NEW_TOKEN}",
    "token_expired": f"it is too old: {NEW_TOKEN}",
    "account_inactive": f"the app was uninstalled, or its bot user deleted: {NEW_TOKEN}",
    "not_allowed_token_type": "it is a token of another kind",
}

Line = tuple[str, str, Optional[bool]]
"""Subject, what is said of it, and whether it is good; as doctor's findings."""


def check_slack(settings: Settings) -> Iterator[Line]:
    """Yields what is to be said, nothing where Slack is not set up. Calls Slack."""
    setting = slack_setting(settings)
    given = slack_given(setting)
    base_url = given.get("api_base_url") or API_BASE_URL
    if not (given.get("signing_secret") or given.get("app_token")):
        # Left out, or lacking what it needs, as is told of every channel.
        return
    if given.get("client_id"):
        yield from _installations(given, settings, base_url)
    elif given.get("bot_token"):
        yield _bot_token(given["bot_token"], base_url)
    if given.get("app_token"):
        yield _app_token(given["app_token"], base_url)


def _bot_token(token: str, base_url: str) -> Line:
    from bot.channels.slack.installing.scopes import bot_scopes

    subject = "Slack bot token"
    if not token.startswith("xoxb-"):
        return subject, "begins with xoxb- and SLACK_BOT_TOKEN does not: it is the Bot User OAuth Token", False
    try:
        told = _client(token, base_url).auth_test()
    except (SlackClientError, OSError) as error:
        return subject, _reason(error, base_url), False
    held = {name.lower(): value for name, value in told.headers.items()}.get("x-oauth-scopes")
    missing = sorted(set(bot_scopes()) - {scope.strip() for scope in held.split(",")}) if held else []
    if missing:
        says = f"lacks {', '.join(missing)}: add them on the page OAuth & Permissions and install the app again"
        return subject, says, False
    return subject, f"good for {told['team']} ({told['team_id']})", True


def _app_token(token: str, base_url: str) -> Line:
    subject = "Slack app token"
    if not token.startswith("xapp-"):
        says = "begins with xapp- and SLACK_APP_TOKEN does not: make one on the page Basic Information"
        return subject, says, False
    try:
        _client(None, base_url).apps_connections_open(app_token=token)
    except (SlackClientError, OSError) as error:
        return subject, _reason(error, base_url), False
    return subject, "opens sockets", True


def _installations(given: Mapping[str, str], settings: Settings, base_url: str) -> Iterator[Line]:
    from bot.channels.slack.installing.installations import open_tables
    from bot.channels.slack.installing.oauth_settings import OauthSettings

    subject = "Slack installations"
    oauth = OauthSettings.read(given, settings.public_url, base_url)
    assert oauth
    tables = open_tables(oauth, settings)
    if unreadable := tables.unreadable():
        says = f"{unreadable} rows that no key in SLACK_ENCRYPTION_KEY can read: add the former key behind a comma"
        yield subject, says, False
    yield subject, f"workspaces: {tables.count()}; install at {oauth.install_url}", True


def _client(token: Optional[str], base_url: str) -> WebClient:
    return WebClient(token=token, base_url=base_url, timeout=SECONDS, retry_handlers=[])


def _reason(error: Exception, base_url: str) -> str:
    from bot.channels.slack.installing.errors import word_of

    word = word_of(error)
    if isinstance(error, SlackApiError) and word != type(error).__name__:
        return OF_ERROR.get(word, f"Slack refuses it: {word}")
    return f"Slack does not answer at {base_url} ({type(error).__name__})"
