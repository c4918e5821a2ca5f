"""The channel's settings."""

from __future__ import annotations

from typing import Any, Optional

import pytest
from rasa.shared.exceptions import RasaException

from bot.channels.slack import SlackInput

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


@pytest.mark.parametrize(
    ("given", "used"),
    [
        (None, "https://slack.com/api/"),
        ("", "https://slack.com/api/"),
        ("http://127.0.0.1:9/api", "http://127.0.0.1:9/api/"),
    ],
)
def test_the_web_api_is_slacks_unless_another_is_given(given: Optional[str], used: str) -> None:
    channel = SlackInput.from_credentials({**GOOD, "api_base_url": given})

    assert channel._client.base_url == used
