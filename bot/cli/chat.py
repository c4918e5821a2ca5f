"""`wenhao chat`: talk to the consultant in the terminal."""

from __future__ import annotations

import asyncio
import uuid

from bot.cli.common import STDOUT, start, trained_model, working
from bot.cli.show import show_reply


def chat() -> None:
    """Talk to Wenhao in the terminal. An empty line or Ctrl-D ends the conversation."""
    asyncio.run(_chat())


async def _chat() -> None:
    settings = start()
    model = trained_model(settings)
    with working("Loading ..."):
        from bot.assistant import Assistant

        assistant = await Assistant.load(settings, model)
    conversation = uuid.uuid4().hex
    STDOUT.print("Wenhao 问号 · ask in Chinese or English; an empty line ends.", style="dim")
    while text := _read_line():
        show_reply(STDOUT, await assistant.ask(text, conversation))
        STDOUT.print()


def _read_line() -> str:
    try:
        return STDOUT.input("[bold green]> [/]").strip()
    except EOFError:
        return ""
