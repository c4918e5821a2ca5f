"""`wenhao wechat`: the account's menu, what followers left for a person, and WeChat played against a running Wenhao."""

from __future__ import annotations

import typer

from bot.cli.wechat.menu import menu
from bot.cli.wechat.messages import messages
from bot.cli.wechat.send import send

wechat = typer.Typer(no_args_is_help=True, help="WeChat: rehearse without an account, set the menu, read messages.")
wechat.command()(send)
wechat.command()(messages)
wechat.add_typer(menu, name="menu")
