"""The account that the commands speak for: the one that `wenhao serve` would answer for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from bot.errors import SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channels.wechat.account import Account

NOT_SET_UP = "WeChat is not set up: set WECHAT_TOKEN (docs/wechat.md; for a rehearsal any 3 to 32 letters and digits)"


def find_account(settings: Settings) -> Optional[Account]:
    """Reads the account from credentials.yml and the environment, None where it is left out. Raises SettingsError."""
    from rasa.shared.exceptions import RasaException

    from bot.channels.configured import channel_settings
    from bot.channels.wechat.account import Account

    for setting in channel_settings(settings):
        if setting.name.endswith(".WeChatInput") and not setting.is_left_out:
            try:
                return Account.from_credentials(setting.credentials)
            except RasaException as error:
                raise SettingsError(str(error)) from error
    return None


def read_account(settings: Settings) -> Account:
    """Returns the account. Raises SettingsError where there is none."""
    account = find_account(settings)
    if account is None:
        raise SettingsError(NOT_SET_UP)
    return account
