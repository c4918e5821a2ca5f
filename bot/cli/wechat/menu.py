"""`wenhao wechat menu`: set, show and delete the account's custom menu, where the account may have one."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from rich.text import Text

from bot.cli.common import STDOUT, start
from bot.cli.wechat.account import read_account
from bot.errors import WenhaoError
from bot.settings import Settings

if TYPE_CHECKING:
    from actions.rule_table.table import RuleTable
    from bot.channels.wechat.account import Account
    from bot.channels.wechat.api import WeChatApi

Result = TypeVar("Result")

menu = typer.Typer(no_args_is_help=True, help="The account's custom menu: push, show, delete.")

SOON = "Phones show it within minutes, and at once after entering the account anew."


class MenuLanguage(str, Enum):
    """The language of the menu's entries."""

    ZH = "zh"
    EN = "en"


class MenuRefusedError(WenhaoError):
    """This account may not have a menu, or Wenhao was not told enough of it."""


@menu.command()
def push(language: MenuLanguage = typer.Option(MenuLanguage.ZH, help="The language of its entries.")) -> None:
    """Set the menu of bot/channels/wechat/menu.yml. It takes the place of the one before."""
    from bot.channels.wechat.menu import read_menu

    settings = start()
    account, table = _entitled(settings)
    request = read_menu(table).request(language.value)
    _call(settings, account, lambda api: api.put_menu(request))
    _show(request)
    STDOUT.print(f"This is the account's menu now. {SOON}")


@menu.command()
def show() -> None:
    """Show the menu that was set through WeChat's API."""
    settings = start()
    account, _ = _entitled(settings)
    answer = _call(settings, account, lambda api: api.get_menu())
    if answer is None:
        STDOUT.print("The account has no menu of the API's: 'wenhao wechat menu push' sets one.")
    else:
        _show(answer)


@menu.command()
def delete() -> None:
    """Take the account's menu down."""
    settings = start()
    account, _ = _entitled(settings)
    _call(settings, account, lambda api: api.delete_menu())
    STDOUT.print(f"The account has no menu any more. {SOON}")


def _entitled(settings: Settings) -> tuple[Account, RuleTable]:
    """Returns the account and the rule table. Raises MenuRefusedError, by the table's own rules."""
    from actions.rule_table.loader import load_rule_table
    from actions.settings import ActionSettings
    from bot.channels.wechat.own_rules import rule_on
    from bot.channels.wechat.rights import CUSTOM_MENU, Rights

    account = read_account(settings)
    if not account.can_call:
        raise MenuRefusedError("the menu is set by calling WeChat: set WECHAT_APP_ID and WECHAT_APP_SECRET")
    if account.kind is None:
        raise MenuRefusedError(
            "whether an account may have a menu depends on its kind: set WECHAT_ACCOUNT_TYPE (subscription or service) "
            "and WECHAT_VERIFIED (yes or no)"
        )
    table = load_rule_table(ActionSettings.read().rule_table)
    rights = Rights(account, table)
    if rights.cell(CUSTOM_MENU) != "yes":
        rule = "\n".join(rule_on(rights, CUSTOM_MENU, datetime.date.today()))
        raise MenuRefusedError(f"by Wenhao's own rule table this account may not set a menu.\n{rule}")
    return account, table


def _call(settings: Settings, account: Account, call: Callable[[WeChatApi], Awaitable[Result]]) -> Result:
    return asyncio.run(_called(settings, account, call))


async def _called(settings: Settings, account: Account, call: Callable[[WeChatApi], Awaitable[Result]]) -> Result:
    from bot.channels.wechat.api import WeChatApi
    from bot.state import open_store

    store = open_store(settings)
    api = WeChatApi(account, store)
    try:
        return await call(api)
    finally:
        await api.close()
        await store.close()


def _show(request: dict[str, Any], level: int = 0) -> None:
    for entry in request.get("button") or request.get("sub_button") or ():
        what = entry.get("key") or entry.get("url") or entry.get("type") or ""
        STDOUT.print(Text.assemble("  " * level, entry["name"], (f"  {what}" if what else "", "dim")))
        _show({"sub_button": entry.get("sub_button") or ()}, level + 1)
