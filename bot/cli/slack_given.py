"""The Slack channel's part of credentials.yml, for commands."""

from __future__ import annotations

from bot.channels.configured import ChannelSetting, channel_settings
from bot.errors import SettingsError
from bot.settings import Settings

CHANNEL = "SlackInput"
API_BASE_URL = "https://slack.com/api/"


def slack_setting(settings: Settings) -> ChannelSetting:
    """Returns the channel as credentials.yml has it. Raises SettingsError where it has none."""
    for setting in channel_settings(settings):
        if setting.name.rsplit(".", 1)[-1] == CHANNEL:
            return setting
    raise SettingsError(f"{settings.credentials} has no Slack channel: add bot.channels.slack.SlackInput to it")


def slack_given(setting: ChannelSetting) -> dict[str, str]:
    """Returns what is set of it, as text."""
    given = {name: str(value).strip() for name, value in setting.credentials.items()}
    return {name: value for name, value in given.items() if value}
