"""The app's own place in Slack: the Home tab, and the agent's and the assistant's views with what to ask."""

from __future__ import annotations

from typing import Any, Optional

from bot.channels.slack.blocks.home import AUTOMATIC, LANGUAGES, home_view
from bot.channels.slack.blocks.limits import MOST_PROMPTS
from bot.channels.slack.delivery.calls import RefusedError, UnansweredError, call, read
from bot.channels.slack.desk import Desk
from bot.channels.slack.listeners.source import Source
from bot.channels.slack.payloads import UnreadableError, text_or_none
from bot.channels.slack.place import conversation_of
from bot.channels.words import say, say_all


async def on_home_opened(desk: Desk, source: Source, body: dict[str, Any]) -> None:
    """Shows the Home tab, or what to ask beside the messages. Both come anew with the next opening.

    https://docs.slack.dev/reference/events/app_home_opened/
    """
    event = body["event"]
    user, channel = text_or_none(event.get("user")), text_or_none(event.get("channel"))
    if not user:
        raise UnreadableError("an opened home of nobody")
    if channel:
        await desk.direct_messages.note(source.team, user, channel)
    if event.get("tab") == "messages" and channel:
        # The agent's view knows no thread, and fails silently where one is named.
        desk.background.start(_suggest(desk, source, user, channel, None))
    else:
        desk.background.start(_publish(desk, source, user))


async def on_thread_started(desk: Desk, source: Source, body: dict[str, Any]) -> None:
    """Takes note of a thread of the assistant's view, a conversation of its own, and says what to ask there.

    https://docs.slack.dev/reference/events/assistant_thread_started/
    """
    thread = body["event"].get("assistant_thread")
    told = thread if isinstance(thread, dict) else {}
    channel, ts = text_or_none(told.get("channel_id")), text_or_none(told.get("thread_ts"))
    if not (channel and ts):
        raise UnreadableError("an assistant's thread without the usual keys")
    await desk.threads.join(source.team, channel, ts, conversation_of(source.team, channel, ts))
    desk.background.start(_suggest(desk, source, text_or_none(told.get("user_id")) or "", channel, ts))


async def choose_language(desk: Desk, source: Source, user: str, language: str) -> None:
    """Keeps the language that somebody chose, and shows the Home tab in it."""
    if language not in (AUTOMATIC, *LANGUAGES):
        raise UnreadableError("a language that is none")
    await desk.languages.choose(source.team, user, None if language == AUTOMATIC else language)
    desk.background.start(_publish(desk, source, user))


async def _publish(desk: Desk, source: Source, user: str) -> None:
    client = await desk.workspaces.client(source.team, source.enterprise)
    chosen = await desk.languages.chosen(source.team, user)
    review = await desk.review() if user in desk.credentials.operators else None
    view = home_view(await _language(desk, source, user), chosen or AUTOMATIC, review)
    await call(client, "views.publish", {"user_id": user, "view": view})


async def _suggest(desk: Desk, source: Source, user: str, channel: str, thread: Optional[str]) -> None:
    """https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts/"""
    language = await _language(desk, source, user)
    client = await desk.workspaces.client(source.team, source.enterprise)
    questions = say_all("slack.popular", language)[:MOST_PROMPTS]
    arguments = {
        "channel_id": channel,
        "title": say("slack.prompts_title", language),
        "prompts": [{"title": question, "message": question} for question in questions],
        **({"thread_ts": thread} if thread else {}),
    }
    await call(client, "assistant.threads.setSuggestedPrompts", arguments)


async def _language(desk: Desk, source: Source, user: str) -> str:
    """Returns the language of what is said before a person wrote anything: as chosen, or as they have Slack itself."""
    chosen = await desk.languages.chosen(source.team, user)
    if chosen or not user:
        return chosen or "en"
    client = await desk.workspaces.client(source.team, source.enterprise)
    try:
        told = await read(client, "users.info", {"user": user, "include_locale": "true"})
    except (RefusedError, UnansweredError):
        return "en"
    return "zh" if str(told.get("user", {}).get("locale")).startswith("zh") else "en"
