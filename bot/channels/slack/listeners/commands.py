"""The slash command /wenhao, and the message shortcut "Ask Wenhao about this"."""

from __future__ import annotations

from typing import Any

from bot.channels.slack.blocks.modals.settings import settings_modal
from bot.channels.slack.desk import Desk
from bot.channels.slack.listeners.consultation import consultation_view
from bot.channels.slack.listeners.modals import may_change_settings, open_modal
from bot.channels.slack.listeners.source import Source
from bot.channels.slack.payloads import Called, command_in, shortcut_in
from bot.channels.slack.place import Place

HELP = frozenset({"", "help", "?", "？", "帮助", "幫助"})
SETTINGS = frozenset({"settings", "setting", "设置", "設定", "设定", "設置"})
ADVISE = frozenset({"advise", "advice", "consult", "consultation", "咨询", "諮詢", "开号咨询", "開號諮詢"})


async def on_command(desk: Desk, source: Source, body: dict[str, Any]) -> None:
    """Takes a command: a question in either language, or a word of Wenhao's own."""
    called = command_in(body)
    place = await _place(desk, source, called)
    key = f"command:{source.team}:{called.trigger}"
    word = called.text.casefold()
    if word in SETTINGS:
        await _open_settings(desk, source, key, place, called)
    elif word in ADVISE:
        view = consultation_view(place, await desk.language(place, called.text))
        open_modal(desk, source, called.trigger, view, too_late=_to_asker(place))
    elif word in HELP:
        await desk.take(key, "note", place, await desk.language(place, called.text), words="slack.help")
    else:
        await _ask(desk, key, place, called)


async def on_shortcut(desk: Desk, source: Source, body: dict[str, Any]) -> None:
    """Takes a message somebody asks about. Who wrote it need not know."""
    called = shortcut_in(body)
    place = await _place(desk, source, called)
    key = f"shortcut:{source.team}:{called.channel}:{called.message}:{called.user}:{called.trigger}"
    if called.text:
        await _ask(desk, key, place, called)
    else:
        await desk.take(key, "note", place, await desk.language(place), words="slack.nothing_written")


async def _place(desk: Desk, source: Source, called: Called) -> Place:
    settings = await desk.book.get(source.team, called.channel)
    return await desk.place(
        source.team,
        called.channel,
        called.user,
        called.message,
        called.thread,
        private=settings.is_private(is_command=True),
        response_url=called.response_url,
        enterprise=source.enterprise,
    )


async def _ask(desk: Desk, key: str, place: Place, called: Called) -> None:
    # Slack shows a command to nobody.
    language = await desk.language(place, called.text)
    await desk.take(key, "question", place, language, text=called.text, is_shown=False)


async def _open_settings(desk: Desk, source: Source, key: str, place: Place, called: Called) -> None:
    language = await desk.language(place, called.text)
    alone = _to_asker(place)
    if place.is_direct:
        await desk.take(key, "note", alone, language, words="slack.settings.not_here")
    elif not may_change_settings(desk, place.user):
        await desk.take(key, "note", alone, language, words="slack.settings.not_you")
    else:
        settings = await desk.book.get(source.team, place.channel)
        view = settings_modal(settings, language, {"place": alone.to_data()})
        open_modal(desk, source, called.trigger, view, too_late=alone)


def _to_asker(place: Place) -> Place:
    return Place(**{**place.to_data(), "private": True})
