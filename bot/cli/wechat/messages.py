"""`wenhao wechat messages`: what followers left for a person."""

from __future__ import annotations

import asyncio
import datetime
from typing import TYPE_CHECKING, Optional

import typer
from rich.text import Text

from bot.cli.common import STDOUT, start
from bot.errors import WenhaoError

if TYPE_CHECKING:
    from bot.channels.wechat.left_messages import LeftMessage


def messages(
    done: Optional[str] = typer.Option(None, metavar="ID", help="Forget this message: somebody has answered it."),
) -> None:
    """List what followers left for a person, the newest first.

    Wenhao cannot write to them for you: answer in mp.weixin.qq.com, under the account's messages.
    """
    asyncio.run(_messages(done))


async def _messages(done: Optional[str]) -> None:
    settings = start()
    from bot.channels.wechat.left_messages import LeftMessages
    from bot.state import open_store

    store = open_store(settings)
    try:
        left = LeftMessages(store)
        if done is None:
            _show(await left.all())
        elif await left.done(done):
            STDOUT.print(f"Message {done} is done.")
        else:
            raise WenhaoError(f"there is no message '{done}': 'wenhao wechat messages' lists them")
    finally:
        await store.close()


def _show(left: list[LeftMessage]) -> None:
    if not left:
        STDOUT.print("Nobody left a message.")
    for message in sorted(left, key=lambda message: message.at, reverse=True):
        at = datetime.datetime.fromtimestamp(message.at).strftime("%Y-%m-%d %H:%M")
        head = f"{message.id}  {at}  {message.follower} to {message.account}"
        STDOUT.print(Text(_printable(head), style="bold"), soft_wrap=True)
        STDOUT.print(Text(f"  {_printable(message.text)}"), soft_wrap=True)


def _printable(text: str) -> str:
    """Returns a text in one line, without what could steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
