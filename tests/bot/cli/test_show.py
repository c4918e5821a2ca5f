"""A reply in the terminal and in a pipe."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from rich.console import Console

from bot.cli.show import show_reply
from tests.talking import Bot


def shown(reply: Mapping[str, object], terminal: bool) -> str:
    output = io.StringIO()
    show_reply(Console(file=output, force_terminal=terminal, width=100, no_color=True, legacy_windows=False), reply)
    return output.getvalue()


def test_in_a_pipe_it_is_the_reply_and_its_numbered_suggestions(bot: Bot) -> None:
    reply = bot.ask("How much does WeChat verification cost?")
    lines = shown(reply, terminal=False).splitlines()
    assert "\n".join(lines).startswith(reply["reply"])
    assert lines[-3:] == [f"  {number}. {text}" for number, text in enumerate(reply["suggestions"], 1)]


@pytest.mark.parametrize("text", ["How do the two types of account differ?", "公众号认证要多少钱？", "Hello", ""])
@pytest.mark.parametrize("terminal", [True, False])
def test_every_suggestion_and_lead_is_shown(bot: Bot, text: str, terminal: bool) -> None:
    reply = bot.ask(text)
    output = shown(reply, terminal).replace("\x1b[1m", "").replace("\x1b[0m", "")
    for number, suggestion in enumerate(reply["suggestions"], start=1):
        assert f"{number}. {suggestion}" in output.replace("\x1b[36m", "")
    for part in reply["parts"]:
        assert part["lead"][:40] in output


def test_markup_in_a_reply_stays_text() -> None:
    reply = {"reply": "[bold]not bold[/bold]", "parts": [], "suggestions": ["[red]not red[/red]"]}
    assert "[bold]not bold[/bold]" in shown(reply, terminal=True)
    assert "[red]not red[/red]" in shown(reply, terminal=True)
