"""Posts of people: mentions, direct messages, follow-ups in threads, and all posts where a channel wants that."""

from __future__ import annotations

from typing import Any

from bot.channels.slack.desk import Desk
from bot.channels.slack.listeners.source import Source
from bot.channels.slack.payloads import Reach, Written, written_in
from bot.channels.slack.state.channel_settings import ChannelSettings


async def on_post(desk: Desk, source: Source, body: dict[str, Any]) -> None:
    """Takes a post to answer into the inbox.

    One post may come as `message` and as `app_mention`, with an event id each, and each of them several times: it is
    known by workspace, channel and time.
    """
    written = written_in(body["event"])
    if written is None:
        return
    settings = await desk.book.get(source.team, written.channel)
    if not await _is_for_us(desk, source, written, settings):
        return
    place = await desk.place(
        source.team,
        written.channel,
        written.user,
        written.ts,
        written.thread,
        private=settings.is_private(is_command=False),
        enterprise=source.enterprise,
    )
    key = f"{source.team}:{written.channel}:{written.ts}"
    language = await desk.language(place, written.text)
    if not (place.private or place.is_direct) and place.thread:
        await desk.threads.join(place.team, place.channel, place.thread, place.conversation)
    if written.has_files:
        # A post of its own, since `app_mention` may come first and does not tell of files.
        await desk.take(f"{key}:files", "files", place, language, has_words=bool(written.text))
    if written.text or not written.has_files:
        await desk.take(key, "question", place, language, text=written.text, is_shown=True)


async def _is_for_us(desk: Desk, source: Source, written: Written, settings: ChannelSettings) -> bool:
    if written.reach is Reach.DIRECT:
        return True
    if settings.silent:
        return False
    if written.reach is Reach.THREAD and written.thread:
        known = await desk.threads.conversation(source.team, written.channel, written.thread)
        return settings.threads and known is not None
    return written.reach is Reach.MENTION or not settings.mention_only
