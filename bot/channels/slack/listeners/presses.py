"""Buttons and selects below messages and in the Home tab."""

from __future__ import annotations

from typing import Any

from bot.channels.slack.blocks.answer import FEEDBACK, PERSON, SHARE, SUGGESTION
from bot.channels.slack.blocks.case import BACK, RESOLVE, TAKE
from bot.channels.slack.blocks.home import ADVISE, LANGUAGE, LANGUAGES, REVIEW
from bot.channels.slack.blocks.modals.reason import reason_modal
from bot.channels.slack.desk import Desk
from bot.channels.slack.listeners.consultation import consultation_view
from bot.channels.slack.listeners.home import choose_language
from bot.channels.slack.listeners.modals import open_modal
from bot.channels.slack.listeners.source import Source
from bot.channels.slack.payloads import Pressed, UnreadableError, carried_in, pressed_in
from bot.channels.slack.place import Place, conversation_of

CASE_KINDS = {TAKE: "take", RESOLVE: "resolve", BACK: "back"}
VERDICTS = ("solved", "unsolved")


async def on_press(desk: Desk, source: Source, body: dict[str, Any]) -> None:
    """Takes what was pressed into the inbox; a press is known by its time and who pressed."""
    pressed = pressed_in(body)
    place = await _place(desk, source, pressed)
    key = f"press:{source.team}:{place.channel}:{pressed.user}:{pressed.action}:{pressed.at}"
    if pressed.action.startswith(SUGGESTION):
        await _ask(desk, key, place, pressed)
    elif pressed.action == FEEDBACK:
        await _judge(desk, key, place, pressed)
    elif pressed.action == SHARE:
        # Once, however often it is pressed.
        once = f"share:{place.team}:{place.channel}:{pressed.value}"
        await desk.take(once, "share", place, await desk.language(place), about=pressed.value)
    elif pressed.action == PERSON:
        await desk.take(key, "person", place, await desk.language(place))
    elif pressed.action in CASE_KINDS:
        carried = carried_in(pressed.value, "conversation")
        await desk.take(key, CASE_KINDS[pressed.action], place, await desk.language(place), **carried)
    elif pressed.action == ADVISE:
        if pressed.value not in LANGUAGES:
            raise UnreadableError("a language that is none")
        open_modal(desk, source, pressed.trigger, consultation_view(place, pressed.value), too_late=place)
    elif pressed.action == LANGUAGE:
        await choose_language(desk, source, pressed.user, pressed.value)
    elif pressed.action != REVIEW:
        desk.refusals.count("a press of an unknown button")


async def _place(desk: Desk, source: Source, pressed: Pressed) -> Place:
    if not pressed.channel:
        return await _direct(desk, source, pressed.user)
    if not pressed.message:
        raise UnreadableError("a press outside of any message")
    return await desk.place(
        source.team,
        pressed.channel,
        pressed.user,
        pressed.message,
        pressed.thread,
        private=pressed.is_private,
        response_url=pressed.response_url if pressed.is_private else None,
        enterprise=source.enterprise,
    )


async def _direct(desk: Desk, source: Source, user: str) -> Place:
    """Returns a person's direct messages: what is pressed in the Home tab is answered there."""
    # Slack takes a person's id for the channel too, where nobody told us the channel's own.
    channel = await desk.direct_messages.channel(source.team, user) or user
    conversation = conversation_of(source.team, channel)
    return Place(source.team, channel, user, conversation, enterprise=source.enterprise)


async def _ask(desk: Desk, key: str, place: Place, pressed: Pressed) -> None:
    if not pressed.value:
        raise UnreadableError("a press of a question without words")
    language = await desk.language(place, pressed.value)
    await desk.take(key, "question", place, language, text=pressed.value, is_shown=False)


async def _judge(desk: Desk, key: str, place: Place, pressed: Pressed) -> None:
    """A thumb down counts at once, and opens a modal that asks for more."""
    judged = carried_in(pressed.value, "verdict", "about", "conversation")
    if judged["verdict"] not in VERDICTS:
        raise UnreadableError("a verdict that is none")
    place = _to_presser(place, pressed)
    language = await desk.language(place)
    is_new = await desk.take(key, "feedback", place, language, **judged, reason=None)
    if is_new and judged["verdict"] == "unsolved":
        view = reason_modal(language, {**judged, "place": place.to_data(), "language": language})
        open_modal(desk, source_of(place), pressed.trigger, view)


def _to_presser(place: Place, pressed: Pressed) -> Place:
    """Returns where only the one who pressed is thanked."""
    return Place(**{**place.to_data(), "private": True, "response_url": pressed.response_url})


def source_of(place: Place) -> Source:
    """Returns the workspace of a place."""
    return Source(place.team, place.enterprise)
