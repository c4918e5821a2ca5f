"""What `wenhao doctor` says of WeChat."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.cli.wechat.account import find_account
from bot.errors import SettingsError
from bot.finding import Finding
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channels.wechat.rights import Rights

SECONDS = 5.0
"""How long WeChat has for an answer."""


def check_wechat(settings: Settings) -> Iterator[Finding]:
    """Yields nothing where the channel is left out or can't be opened, which is told elsewhere."""
    from actions.rule_table.errors import RuleTableError
    from actions.rule_table.loader import load_rule_table
    from actions.settings import ActionSettings
    from actions.settings import SettingsError as ActionSettingsError
    from bot.channels.wechat.checkup import explain_settings
    from bot.channels.wechat.rights import Rights

    try:
        account = find_account(settings)
        table = load_rule_table(ActionSettings.read().rule_table)
    except (SettingsError, RuleTableError, ActionSettingsError):
        return
    if account is None:
        return
    rights = Rights(account, table)
    yield from explain_settings(rights, settings.public_url)
    if account.can_call:
        yield from asyncio.run(_ask(rights))
    else:
        yield Finding("WeChat's API", "not called: set WECHAT_APP_ID and WECHAT_APP_SECRET", None)


async def _ask(rights: Rights) -> list[Finding]:
    from bot.channels.wechat.api import WeChatApi
    from bot.channels.wechat.api.transport import Transport
    from bot.channels.wechat.platform_check import ask_platform
    from bot.state.sqlite_store import SqliteStore

    # A store of its own, so that the credentials are tried and not a token that was fetched with others.
    with TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "state.db")
        api = WeChatApi(rights.account, store, Transport(rights.account.api_base_url, total=SECONDS, pauses=()))
        try:
            return [finding async for finding in ask_platform(api, rights)]
        finally:
            await api.close()
            await store.close()
