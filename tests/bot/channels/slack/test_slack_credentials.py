"""The channel's settings."""

from __future__ import annotations

from typing import Any, Optional

import pytest
from cryptography.fernet import Fernet
from rasa.shared.exceptions import RasaException

from bot.channels.slack.credentials import SlackCredentials
from bot.channels.slack.input import SlackInput
from bot.errors import SettingsError

KEY = Fernet.generate_key().decode()
GOOD = {"bot_token": "xoxb-1", "signing_secret": "secret"}


def test_the_channel_is_called_slack() -> None:
    assert SlackInput.from_credentials(GOOD).name() == "slack"


@pytest.mark.parametrize("key", ["bot_token", "signing_secret"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_without_a_secret_it_refuses_to_start(key: str, value: Optional[str]) -> None:
    with pytest.raises(RasaException, match=f"no `{key}`.*credentials.yml"):
        SlackInput.from_credentials({**GOOD, key: value})


@pytest.mark.parametrize("credentials", [None, {}])
def test_without_any_credentials_it_refuses_to_start(credentials: Optional[dict[str, Any]]) -> None:
    with pytest.raises(RasaException):
        SlackInput.from_credentials(credentials)


def test_a_socket_needs_no_signing_secret() -> None:
    read = SlackCredentials.read({"bot_token": "xoxb-1", "app_token": "xapp-1"})

    assert (read.app_token, read.signing_secret) == ("xapp-1", None)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        (None, "https://slack.com/api/"),
        ("", "https://slack.com/api/"),
        ("http://127.0.0.1:9/api", "http://127.0.0.1:9/api"),
    ],
)
def test_the_web_api_is_slacks_unless_another_is_given(given: Optional[str], used: str) -> None:
    assert SlackCredentials.read({**GOOD, "api_base_url": given}).api_base_url == used


def test_the_operators_are_a_list() -> None:
    assert SlackCredentials.read({**GOOD, "operators": "U1, U2,,"}).operators == {"U1", "U2"}


@pytest.mark.parametrize(("hours", "seconds"), [(None, 8 * 3600), ("2", 7200), ("0.5", 1800)])
def test_how_long_wenhao_is_silent_for_a_person(hours: Optional[str], seconds: float) -> None:
    assert SlackCredentials.read({**GOOD, "person_hours": hours}).person_seconds == seconds


@pytest.mark.parametrize("hours", ["soon", "0", "-1", "nan", "1e9"])
def test_hours_that_are_none_are_told(hours: str) -> None:
    with pytest.raises(RasaException, match="person_hours"):
        SlackCredentials.read({**GOOD, "person_hours": hours})


def test_who_changes_settings_is_everybody_or_operators() -> None:
    assert not SlackCredentials.read(GOOD).settings_by_operators
    assert SlackCredentials.read({**GOOD, "settings_by": "operators"}).settings_by_operators
    with pytest.raises(RasaException, match="settings_by"):
        SlackCredentials.read({**GOOD, "settings_by": "nobody"})


def test_secrets_do_not_show_themselves() -> None:
    shown = repr(SlackCredentials.read({**GOOD, "app_token": "xapp-1"}))

    assert not [secret for secret in ("xoxb-1", "secret'", "xapp-1") if secret in shown]


def test_an_app_for_many_workspaces_needs_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"signing_secret": "secret", "client_id": "1.2", "client_secret": "x", "encryption_key": KEY}
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        SlackInput.from_credentials(given)

    monkeypatch.setenv("PUBLIC_URL", "https://wenhao.test")
    assert SlackInput.from_credentials(given).name() == "slack"
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN"):
        SlackInput.from_credentials({**given, "bot_token": "xoxb-1"})
