"""The channel's settings, from credentials.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

from rasa.shared.exceptions import RasaException

from bot.channels.slack.state.lives import HOUR

API_BASE_URL = "https://slack.com/api/"
PERSON_HOURS = 8.0
EVERYBODY = "everybody"
OPERATORS = "operators"
INSTALLING = ("client_id", "client_secret", "encryption_key")


@dataclass(frozen=True)
class SlackCredentials:
    """`signing_secret` opens the webhook, `app_token` the socket; one of the two is needed.

    `bot_token` is the one workspace's; without it, `installing` says how the app gets into many. `person_channel` is
    where operators are called, `person_seconds` are how long Wenhao keeps silent for them at most.
    """

    bot_token: Optional[str] = field(default=None, repr=False)
    signing_secret: Optional[str] = field(default=None, repr=False)
    app_token: Optional[str] = field(default=None, repr=False)
    api_base_url: str = API_BASE_URL
    person_channel: Optional[str] = None
    person_seconds: float = PERSON_HOURS * HOUR
    operators: frozenset[str] = frozenset()
    settings_by_operators: bool = False
    installing: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, credentials: Optional[Mapping[str, Any]]) -> SlackCredentials:
        """Reads the channel's section of credentials.yml. Raises RasaException where it does not suffice."""
        given = {key: str(value).strip() for key, value in (credentials or {}).items() if value}
        given = {key: value for key, value in given.items() if value}
        installing = {name: value for name, value in given.items() if name in INSTALLING}
        if "bot_token" not in given and not installing:
            raise _missing("bot_token", "Bot User OAuth Token on the page OAuth & Permissions")
        if "signing_secret" not in given and "app_token" not in given:
            place = "Signing Secret on the page Basic Information, or set `app_token` to use Socket Mode"
            raise _missing("signing_secret", place)
        return cls(
            bot_token=given.get("bot_token"),
            signing_secret=given.get("signing_secret"),
            app_token=given.get("app_token"),
            api_base_url=given.get("api_base_url", API_BASE_URL),
            person_channel=given.get("person_channel"),
            person_seconds=_hours(given.get("person_hours")) * HOUR,
            operators=frozenset(name for name in given.get("operators", "").replace(" ", "").split(",") if name),
            settings_by_operators=_is_by_operators(given.get("settings_by", EVERYBODY)),
            installing={**installing, **({"bot_token": given["bot_token"]} if "bot_token" in given else {})},
        )


def _missing(key: str, place: str) -> RasaException:
    return RasaException(
        f"The Slack channel has no `{key}`. Set it in credentials.yml to the {place} of the app's settings on "
        "https://api.slack.com/apps."
    )


def _hours(text: Optional[str]) -> float:
    try:
        hours = float(text or PERSON_HOURS)
    except ValueError:
        hours = 0.0
    if not 0 < hours < 10_000:
        raise RasaException("The Slack channel's `person_hours` is no number of hours: write one such as 8.")
    return hours


def _is_by_operators(text: str) -> bool:
    if text not in (EVERYBODY, OPERATORS):
        raise RasaException(f"The Slack channel's `settings_by` is neither {EVERYBODY} nor {OPERATORS}.")
    return text == OPERATORS
