"""Which channels run: those of `credentials.yml` whose variables are set in the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Mapping, Optional

import yaml

from bot.errors import SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    from rasa.core.channels.channel import InputChannel

_VARIABLE = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True)
class ChannelSetting:
    """A channel of credentials.yml. `unset` are the variables that it names and the environment lacks."""

    name: str
    credentials: Mapping[str, Any]
    unset: tuple[str, ...]
    named: tuple[str, ...]

    @property
    def is_left_out(self) -> bool:
        """Whether nobody set this channel up: it names variables and none of them is there."""
        return bool(self.named) and len(self.unset) == len(self.named)

    def open(self) -> InputChannel:
        """Returns the channel. Raises SettingsError where its credentials do not suffice."""
        # Takes seconds to import, which commands that only read the settings need not spend.
        from rasa.core.run import _create_single_channel
        from rasa.shared.exceptions import RasaException

        try:
            channel: InputChannel = _create_single_channel(self.name, dict(self.credentials))
        except RasaException as error:
            missing = f" (not set: {', '.join(self.unset)})" if self.unset else ""
            raise SettingsError(f"channel {self.name}: {error}{missing}") from error
        return channel


def channel_settings(settings: Settings, environ: Mapping[str, str] = os.environ) -> list[ChannelSetting]:
    """Reads the channels of credentials.yml, with their variables filled in where they are set."""
    content = yaml.safe_load(settings.credentials.read_text(encoding="utf-8")) or {}
    return [_setting(name, values or {}, environ) for name, values in content.items()]


def _setting(name: str, values: Mapping[str, Any], environ: Mapping[str, str]) -> ChannelSetting:
    named = [variable for value in values.values() for variable in _VARIABLE.findall(str(value))]
    unset = [variable for variable in named if not environ.get(variable)]
    filled = {key: _filled(value, environ) for key, value in values.items()}
    credentials = {key: value for key, value in filled.items() if value is not None}
    return ChannelSetting(name, credentials, tuple(unset), tuple(named))


def _filled(value: Any, environ: Mapping[str, str]) -> Optional[Any]:
    variables = _VARIABLE.findall(str(value))
    if not variables:
        return value
    if not all(environ.get(variable) for variable in variables):
        return None
    return _VARIABLE.sub(lambda match: environ[match[1]], str(value))


def open_channels(settings: Settings, environ: Mapping[str, str] = os.environ) -> list[InputChannel]:
    """Returns every channel that is set up."""
    return [setting.open() for setting in channel_settings(settings, environ) if not setting.is_left_out]
